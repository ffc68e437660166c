import type { UserCollection } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';

const group = 'Collection';

/** The options that name the collection of users. Without any, it is all users of the tenant. */
export const collectionOptions = {
  group: {
    kind: 'text',
    placeholder: 'GROUP',
    describe: 'Members of GROUP (object ID or name); needs GroupMember.Read.All',
    group,
  },
  transitive: {
    kind: 'flag',
    describe: 'With --group: include members of groups in it',
    group,
  },
  deleted: { kind: 'flag', describe: 'Users deleted in the last 30 days', group },
  'reports-of': {
    kind: 'text',
    placeholder: 'USER',
    describe: 'Users whose manager is USER (object ID or UPN)',
    group,
  },
} as const satisfies Options;

/** Returns the collection of the flags. @throws {UsageError} when they name more than one, or contradict each other */
export function collectionFrom(
  args: ArgumentsOf<typeof collectionOptions>,
): UserCollection | undefined {
  const { deleted, group: groupName, transitive, 'reports-of': reportsOf } = args;
  const named = Object.entries({
    '--group': groupName,
    '--deleted': deleted || undefined,
    '--reports-of': reportsOf,
  })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  if (named.length > 1)
    throw new UsageError(
      `${named[0]} cannot be used with ${named.slice(1).join(' or ')}.`,
      'Each of them names a collection of users: run the command once for each.',
    );
  if (transitive && groupName === undefined)
    throw new UsageError('--transitive requires --group GROUP.', 'Name the group with --group.');
  if (groupName !== undefined) return { group: groupName, ...(transitive ? { transitive } : {}) };
  if (deleted) return 'deleted';
  return reportsOf === undefined ? undefined : { reportsOf };
}
