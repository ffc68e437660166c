import { type ArgumentsOf, defineCommand } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { collectionFrom, collectionOptions } from '../options/collection-options.ts';
import { filterOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { tenantsOptions } from '../options/tenants-options.ts';
import { argumentsFor } from '../tenants/arguments-for.ts';
import { findTargets } from '../tenants/find-targets.ts';
import { runForTargets } from '../tenants/run-for-targets.ts';

const options = {
  ...collectionOptions,
  ...filterOptions,
  ...tenantsOptions,
  ...settingsOptions,
};

async function countUsers(args: ArgumentsOf<typeof options>, context: Context): Promise<number> {
  const of = collectionFrom(args);
  await using opened = await openCommandDirectory(args, context);
  const { directory, settings, signal } = opened;
  const { filter = settings.query?.filter, search = settings.query?.search } = args;
  return await directory.users.count({ of, filter, search }, { signal });
}

/**
 * Prints the tenant's count of the users that `users list` would return; the default query of the settings applies.
 * For several tenants, each line is the name of a profile, a tab and the count.
 */
export const usersCount = defineCommand({
  options,
  examples: [
    ['users count --filter "userType eq \'Guest\'"', 'Count guests'],
    ['users count --group Engineering', 'Count the members of a group'],
    ['users count --all-profiles', 'Count the users of each profile'],
    ['users count --deleted', 'Count the users deleted in the last 30 days'],
  ],
  async run(args, context) {
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
