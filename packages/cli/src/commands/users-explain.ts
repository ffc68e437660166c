import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';
import { queryFrom, type queryOptions } from '../options/query-options.ts';

export type UsersExplainArguments = ArgumentsOf<typeof queryOptions> & {
  readonly json: boolean;
} & Arguments;

/** Says what `users list` would send for this query, what it costs, and why; sends nothing. */
export async function usersExplain(args: UsersExplainArguments, context: Context): Promise<void> {
  const { console } = context;
  const { explain } = await context.core();
  const settings = await settingsFor(args, context);
  const explanation = explain(settings.graph, { ...settings.query, ...queryFrom(args) });
  if (args.json || !console.outIsTerminal) {
    await console.write(`${JSON.stringify(explanation, undefined, 2)}\n`);
    return;
  }
  const { method, url, headers, index, usersPerPage, resourceUnitsPerPage, why } = explanation;
  const lines = [
    `${console.paint('strong', method)} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    `At most ${usersPerPage} users a page, ${resourceUnitsPerPage} resource units each, from the ${index} index.`,
    ...why.map((reason) => `- ${reason}`),
  ];
  await console.write(`${lines.join('\n')}\n`);
}
