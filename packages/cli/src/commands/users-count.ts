import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { openFor } from '../opening.ts';
import type { filterOptions } from '../options/query-options.ts';

export type UsersCountArguments = ArgumentsOf<typeof filterOptions> & Arguments;

/** Prints how many users there are, by the tenant's own account. */
export async function usersCount(args: UsersCountArguments, context: Context): Promise<void> {
  const { filter, search } = args;
  await using opened = await openFor(args, context);
  const { directory, signal } = opened;
  const count = await directory.users.count({ filter, search }, { signal });
  await context.console.write(`${count}\n`);
}
