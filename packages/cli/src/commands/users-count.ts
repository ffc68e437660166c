import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { openFor } from '../opening.ts';
import type { filterOptions } from '../options/query-options.ts';

export type UsersCountArguments = ArgumentsOf<typeof filterOptions> & Arguments;

/** Prints how many users `users list` would find, by the tenant's own account: the settings' own query counts too. */
export async function usersCount(args: UsersCountArguments, context: Context): Promise<void> {
  await using opened = await openFor(args, context);
  const { directory, settings, signal } = opened;
  const { filter = settings.query?.filter, search = settings.query?.search } = args;
  const count = await directory.users.count({ filter, search }, { signal });
  await context.console.write(`${count}\n`);
}
