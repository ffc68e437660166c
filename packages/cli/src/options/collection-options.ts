import type { UserCollection } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';

const group = 'Collection';

/** The options that name the collection of users. Without any, it is all users of the tenant. */
export const collectionOptions = {
  deleted: { kind: 'flag', describe: 'Users deleted in the last 30 days', group },
  'reports-of': {
    kind: 'text',
    placeholder: 'USER',
    describe: 'Users whose manager is USER, an object ID or a userPrincipalName',
    group,
  },
} as const satisfies Options;

/** Returns the collection of the flags. @throws {UsageError} when they name more than one */
export function collectionFrom(
  args: ArgumentsOf<typeof collectionOptions>,
): UserCollection | undefined {
  const { deleted, 'reports-of': reportsOf } = args;
  const named = Object.entries({ '--deleted': deleted || undefined, '--reports-of': reportsOf })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  if (named.length > 1)
    throw new UsageError(
      `${named.join(' cannot be used with ')}.`,
      'Each of them names a collection of users: run the command once for each.',
    );
  if (deleted) return 'deleted';
  return reportsOf === undefined ? undefined : { reportsOf };
}
