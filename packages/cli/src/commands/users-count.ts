import { spelledQuery } from '@rollcall/core/command-line';

import { type ArgumentsOf, defineCommand } from '../arguments/command.ts';
import { UsageError } from '../arguments/usage-error.ts';
import type { Context } from '../context.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { collectionFrom, collectionOptions } from '../options/collection-options.ts';
import { formatOptions, proofOptions } from '../options/output-options.ts';
import { parallelOptions } from '../options/parallel-option.ts';
import { filterOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { tenantsOptions } from '../options/tenants-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { type Row, writeRows } from '../output/write-rows.ts';
import { readListing } from '../read-listing.ts';
import { argumentsFor } from '../tenants/arguments-for.ts';
import { findTargets } from '../tenants/find-targets.ts';
import { runForTargets } from '../tenants/run-for-targets.ts';

const options = {
  by: {
    kind: 'list',
    placeholder: 'A,B',
    describe: 'Count by the values of properties, from one listing',
  },
  ...collectionOptions,
  ...filterOptions,
  ...parallelOptions,
  ...formatOptions,
  ...proofOptions,
  ...tenantsOptions,
  ...settingsOptions,
} as const;

type CountArguments = ArgumentsOf<typeof options>;

/** Lists the users of one tenant and returns a row for each combination of values. */
async function rowsBy(
  by: readonly string[],
  args: CountArguments,
  context: Context,
): Promise<readonly Row[]> {
  const { countUsersBy } = await context.core();
  const groups = await readListing(args, by, context, (listing) => countUsersBy(listing, by));
  return groups.map(({ values, count }) => Object.assign({}, values, { count }));
}

/** Prints the counts by properties; for several tenants, with the name of the profile in each row. */
async function countBy(
  given: readonly string[],
  args: CountArguments,
  context: Context,
): Promise<number> {
  const { select: by = [] } = spelledQuery({ select: given });
  const { console } = context;
  const format = formatChoice(args, console);
  const targets = await findTargets(args, context);
  if (targets === undefined) {
    await writeRows(await rowsBy(by, args, context), [...by, 'count'], format, console);
    return 0;
  }
  const rows = new Map<string, readonly Row[]>();
  const code = await runForTargets(targets, context, async (target, own) => {
    rows.set(target.name, await rowsBy(by, argumentsFor(args, target), own));
  });
  const named = targets.flatMap(({ name }) =>
    (rows.get(name) ?? []).map((row) => Object.assign({ profile: name }, row)),
  );
  await writeRows(named, ['profile', ...by, 'count'], format, console);
  return code;
}

/** Refuses the options that have no meaning for a single number. */
function refuseListingOptions({ output, strict, parallel }: CountArguments): void {
  const used = Object.entries({ '--output': output, '--strict': strict, '--parallel': parallel })
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([flag]) => flag);
  if (used.length > 0)
    throw new UsageError(
      `${used[0]} requires --by.`,
      'Without --by, the result is the number that the tenant returns.',
    );
}

async function countUsers(args: CountArguments, context: Context): Promise<number> {
  const of = collectionFrom(args);
  await using opened = await openCommandDirectory(args, context);
  const { directory, settings, signal } = opened;
  const { filter = settings.query?.filter, search = settings.query?.search } = args;
  return await directory.users.count({ of, filter, search }, { signal });
}

/**
 * Prints the tenant's count of the users that `users list` would return; with `--by`, the counts of one listing by
 * properties. The default query of the settings applies.
 * For several tenants, each line is the name of a profile, a tab and the count.
 */
export const usersCount = defineCommand({
  options,
  examples: [
    ['users count --filter "userType eq \'Guest\'"', 'Count guests'],
    ['users count --group Engineering', 'Count the members of a group'],
    ['users count --by department,accountEnabled', 'Count by department and state of the account'],
    ['users count --all-profiles', 'Count the users of each profile'],
    ['users count --deleted', 'Count the users deleted in the last 30 days'],
  ],
  async run(args, context) {
    if (args.by !== undefined) return await countBy(args.by, args, context);
    refuseListingOptions(args);
    const targets = await findTargets(args, context);
    if (targets === undefined) {
      await context.console.write(`${await countUsers(args, context)}\n`);
      return 0;
    }
    const counts = new Map<string, number>();
    const code = await runForTargets(targets, context, async (target, own) => {
      counts.set(target.name, await countUsers(argumentsFor(args, target), own));
    });
    const lines = targets.flatMap(({ name }) =>
      counts.has(name) ? [`${name}\t${counts.get(name)}\n`] : [],
    );
    await context.console.write(lines.join(''));
    return code;
  },
});
