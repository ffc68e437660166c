import {
  type DirectoryError,
  type ErrorCode,
  loadSettings,
  openDirectory,
  type Receipt,
  type SelectedUser,
  type UserQuery,
} from '@rollcall/core';
import { type RunningServer, startServer } from '@rollcall/server';

export async function names(): Promise<readonly (string | null | undefined)[]> {
  await using directory = await openDirectory(await loadSettings());
  const listing = directory.users.list(
    { select: ['displayName'] },
    { signal: AbortSignal.timeout(1000) },
  );
  const found: (string | null | undefined)[] = [];
  for await (const page of listing.pages())
    found.push(...page.items.map((user) => user.displayName));
  const receipt: Receipt = listing.receipt();
  if (!receipt.complete) throw new Error('incomplete');
  const server: RunningServer = await startServer({ directory, log: () => {} });
  await server.drain();
  return found;
}

/** `id` is always returned with the selected properties; a property that is not selected does not exist in the type. */
export async function namesById(): Promise<ReadonlyMap<string, string | null | undefined>> {
  await using directory = await openDirectory(await loadSettings());
  const names = new Map<string, string | null | undefined>();
  for await (const user of directory.users.list({ select: ['displayName'] })) {
    names.set(user.id, user.displayName);
    // @ts-expect-error: it was not selected
    names.set(user.id, user.mail);
  }
  const one: SelectedUser<['mail']> = await directory.users.get('ada@contoso.com', {
    select: ['mail'],
  });
  return names.set(one.id, one.mail);
}

export const codeOf = (error: DirectoryError): ErrorCode => error.code;

// @ts-expect-error: a query has no such part, and the types are there to say so
export const wrong: UserQuery = { sellect: ['id'] };
