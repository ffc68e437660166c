import type { Inactivity } from '@rollcall/core';

import type { ArgumentsOf, Options } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';

const group = 'Query';

/** The options that select inactive users. */
export const inactiveOptions = {
  inactive: {
    kind: 'text',
    placeholder: '90d',
    describe: 'No sign-in for this time (AuditLog.Read.All)',
    group,
  },
  'never-signed-in': {
    kind: 'text',
    placeholder: 'HOW',
    choices: ['include', 'only', 'exclude'],
    describe: 'include, only or exclude (default include)',
    group,
  },
  'inactive-by': {
    kind: 'text',
    placeholder: 'WHAT',
    choices: ['sign-in', 'password-change'],
    describe: 'sign-in or password-change (default sign-in)',
    group,
  },
} as const satisfies Options;

const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, y: 365 };

/** Returns the selection of the flags. @throws {UsageError} */
export function inactivityFrom(args: ArgumentsOf<typeof inactiveOptions>): Inactivity | undefined {
  const { inactive, 'never-signed-in': neverSignedIn, 'inactive-by': evidence } = args;
  if (inactive === undefined) {
    if (neverSignedIn === undefined && evidence === undefined) return undefined;
    const flag = neverSignedIn === undefined ? '--inactive-by' : '--never-signed-in';
    throw new UsageError(`${flag} requires --inactive TIME.`, 'Example: --inactive 90d.');
  }
  if (args['inactive-by'] === 'password-change' && neverSignedIn !== undefined)
    throw new UsageError(
      '--never-signed-in cannot be used with --inactive-by password-change.',
      'A password change does not tell whether a user signed in: remove one of the flags.',
    );
  const { number, unit = '' } = /^(?<number>\d{1,5})(?<unit>[dwy])$/u.exec(inactive)?.groups ?? {};
  const days = Number(number) * (unitDays[unit] ?? Number.NaN);
  if (!(days >= 1 && days <= 36_500))
    throw new UsageError(
      `Invalid value "${inactive}" for --inactive.`,
      'Give a number of days, weeks or years: 90d, 12w or 1y.',
    );
  return {
    days,
    ...(neverSignedIn === undefined
      ? {}
      : { neverSignedIn: neverSignedIn as Inactivity['neverSignedIn'] }),
    ...(evidence === undefined ? {} : { evidence: evidence as Inactivity['evidence'] }),
  };
}
