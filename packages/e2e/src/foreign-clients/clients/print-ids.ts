/** Prints what a client listed: one id a line, in the order in which the users came. */
export function printIds(users: readonly { readonly id: string }[]): void {
  process.stdout.write(users.map(({ id }) => `${id}\n`).join(''));
}

interface Page {
  readonly value: readonly { readonly id: string }[];
  readonly '@odata.nextLink'?: string;
}

/** Reads every page from `endpoint` on by global fetch, as the samples do that bring no Graph client. */
export async function fetchUsers(
  endpoint: string,
  accessToken: string,
): Promise<readonly { readonly id: string }[]> {
  const users: { readonly id: string }[] = [];
  for (let link: string | undefined = endpoint; link !== undefined;) {
    const answer: Response = await fetch(link, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
    const page = (await answer.json()) as Page;
    users.push(...page.value);
    link = page['@odata.nextLink'];
  }
  return users;
}
