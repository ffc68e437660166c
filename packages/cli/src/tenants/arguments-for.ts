import { UsageError } from '../arguments/usage-error.ts';
import type { SettingsArguments } from '../options/settings-options.ts';
import type { Target } from './find-targets.ts';

const placeholder = '{tenant}';

interface FileArguments {
  readonly out?: string | undefined;
  readonly receipt?: string | undefined;
}

/** The name of a target as a part of a file name. */
function fileNameOf({ name }: Target): string {
  return name.replaceAll(/[^\w.-]+/gu, '_');
}

/**
 * Checks that each tenant gets files of its own: one file for several tenants could neither be resumed nor be complete
 * for one of them.
 * @throws {UsageError}
 */
export function checkFileNames({ out, receipt }: FileArguments, targets: readonly Target[]): void {
  for (const [flag, file] of Object.entries({ '--out': out, '--receipt': receipt }))
    if (file !== undefined && !file.includes(placeholder))
      throw new UsageError(
        `${flag} needs ${placeholder} in the name of the file when there are several tenants.`,
        `Each tenant gets a file of its own: ${flag} users-${placeholder}${flag === '--out' ? '.csv' : '.json'}.`,
      );
  const [first, second] = targets.filter((target) =>
    targets.some((other) => other !== target && fileNameOf(other) === fileNameOf(target)),
  );
  if ((out ?? receipt) !== undefined && first !== undefined && second !== undefined)
    throw new UsageError(
      `The profiles ${first.name} and ${second.name} have the same name in a file name.`,
      'Rename one of the profiles.',
    );
}

/** Returns the arguments of a command for one of several tenants. */
export function argumentsFor<Args extends SettingsArguments & FileArguments>(
  args: Args,
  target: Target,
): Args {
  const fill = (file: string | undefined): string | undefined =>
    file?.replaceAll(placeholder, fileNameOf(target));
  return {
    ...args,
    'all-profiles': false,
    profile: target.profile,
    tenant: target.tenant ?? args.tenant,
    ...(args.out === undefined ? {} : { out: fill(args.out) }),
    ...(args.receipt === undefined ? {} : { receipt: fill(args.receipt) }),
  };
}
