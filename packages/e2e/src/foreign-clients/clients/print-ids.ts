/** Prints the IDs of the users that a client listed, one per line, in the order of the responses. */
export function printIds(users: readonly { readonly id: string }[]): void {
  process.stdout.write(users.map(({ id }) => `${id}\n`).join(''));
}

interface Page {
  readonly value: readonly { readonly id: string }[];
  readonly '@odata.nextLink'?: string;
}

/** Reads all pages from `endpoint` with global fetch, as Microsoft's samples without a Graph client do. */
export async function fetchUsers(
  endpoint: string,
  accessToken: string,
): Promise<readonly { readonly id: string }[]> {
  const users: { readonly id: string }[] = [];
  for (let link: string | undefined = endpoint; link !== undefined;) {
    const response: Response = await fetch(link, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    const page = (await response.json()) as Page;
    users.push(...page.value);
    link = page['@odata.nextLink'];
  }
  return users;
}
