import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { errorReport } from '../error-report.ts';
import { exitCodeOf, exitCodes } from '../exit-codes.ts';
import { openFor } from '../opening.ts';
import type { formatOptions } from '../options/output-options.ts';
import type { selectOptions } from '../options/query-options.ts';
import { formatChoice } from '../output/format-choice.ts';

export type UsersGetArguments = ArgumentsOf<
  typeof selectOptions & Awaited<ReturnType<typeof formatOptions>>
> & { readonly id: readonly string[] } & Arguments;

/**
 * Prints users by object id or userPrincipalName: one as an object, several as a list. One that does not exist
 * is said on standard error, and the others are printed all the same.
 */
export async function usersGet(args: UsersGetArguments, context: Context): Promise<number> {
  const { console } = context;
  const { formats } = await context.core();
  const { id: ids, select } = args;
  const format = formatChoice(args, console);
  const sink = formats[format].createSink({
    columns: select,
    width: console.outIsTerminal ? console.width : undefined,
  });
  await using opened = await openFor(args, context);
  const { directory, signal } = opened;
  if (ids.length === 1 && format === 'json') {
    const user = await directory.users.get(ids[0] ?? '', { select, signal });
    await console.write(`${JSON.stringify(user, undefined, 2)}\n`);
    return 0;
  }
  let missing = 0;
  let head = sink.head();
  for (const id of ids) {
    try {
      const user = await directory.users.get(id, { select, signal });
      await console.write(head + sink.page([user]));
      head = '';
    } catch (error) {
      if (ids.length === 1 || exitCodeOf(error) !== exitCodes['not-found']) throw error;
      missing += 1;
      console.say(errorReport(console, error));
    }
  }
  await console.write(head + sink.tail());
  return missing > 0 ? exitCodes['not-found'] : 0;
}
