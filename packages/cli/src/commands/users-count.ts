import { defineCommand } from '../arguments/command.ts';
import { openCommandDirectory } from '../open-command-directory.ts';
import { collectionFrom, collectionOptions } from '../options/collection-options.ts';
import { filterOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Prints the tenant's count of the users that `users list` would return; the default query of the settings applies. */
export const usersCount = defineCommand({
  options: { ...collectionOptions, ...filterOptions, ...settingsOptions },
  examples: [
    ['users count --filter "userType eq \'Guest\'"', 'Count guests'],
    ['users count --group Engineering', 'Count the members of a group'],
    ['users count --deleted', 'Count the users deleted in the last 30 days'],
  ],
  async run(args, context) {
    const of = collectionFrom(args);
    await using opened = await openCommandDirectory(args, context);
    const { directory, settings, signal } = opened;
    const { filter = settings.query?.filter, search = settings.query?.search } = args;
    const count = await directory.users.count({ of, filter, search }, { signal });
    await context.console.write(`${count}\n`);
  },
});
