import type { UserQuery } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';

const group = 'Query';

/** The options for the licenses of users. */
export const licenseOptions = {
  licenses: {
    kind: 'flag',
    describe: 'Add names (needs LicenseAssignment.Read.All)',
    group,
  },
  license: {
    kind: 'text',
    placeholder: 'NAME',
    describe: 'Users with this license, such as E5',
    group,
  },
} as const satisfies Options;

/** Returns the part of the query that concerns licenses. @throws {UsageError} */
export function licensesFrom({
  licenses,
  license,
}: ArgumentsOf<typeof licenseOptions>): Pick<UserQuery, 'licenses' | 'license'> {
  if (license?.trim() === '')
    throw new UsageError('--license requires a name.', 'Example: --license E5.');
  return {
    ...(licenses ? { licenses } : {}),
    ...(license === undefined ? {} : { license }),
  };
}
