import { exitCodeOf } from '@rollcall/core/command-line';

import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { errorReport } from '../error-report.ts';
import { openFor } from '../opening.ts';
import type { formatOptions, shapeOptions } from '../options/output-options.ts';
import type { selectOptions } from '../options/query-options.ts';
import { formatChoice } from '../output/format-choice.ts';
import { shapeFrom } from '../output/shape.ts';

export type UsersGetArguments = ArgumentsOf<
  typeof selectOptions & typeof shapeOptions & Awaited<ReturnType<typeof formatOptions>>
> & { readonly id: readonly string[] } & Arguments;

/**
 * Prints users by object ID or userPrincipalName: one as an object, several as a list. An ID that fails is reported on
 * stderr, and the other users are still printed.
 * @returns the exit code of the first ID that failed
 */
export async function usersGet(args: UsersGetArguments, context: Context): Promise<number> {
  const { console } = context;
  const core = await context.core();
  const { formats } = core;
  const { id: ids, select } = args;
  const format = formatChoice(args, console);
  const shape = shapeFrom(args, format, { select }, core);
  await using opened = await openFor(args, context);
  const { users } = opened.directory;
  const options = { select, signal: opened.signal };
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0 && format === 'json' && args.query === undefined) {
    await console.write(`${JSON.stringify(await users.get(only, options), undefined, 2)}\n`);
    return 0;
  }
  const sink = formats[format].createSink({
    ...shape,
    width: console.outIsTerminal ? console.width : undefined,
  });
  let code = 0;
  let head = sink.head();
  for await (const outcome of users.getMany(ids, options)) {
    if ('error' in outcome) {
      console.say(errorReport(console, outcome.error));
      code ||= exitCodeOf(outcome.error);
      continue;
    }
    await console.write(head + [...sink.page([outcome.user])].join(''));
    head = '';
  }
  await console.write(head + sink.tail());
  return code;
}
