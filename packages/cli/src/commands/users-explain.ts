import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';
import { queryFrom, type queryOptions } from '../options/query-options.ts';

export type UsersExplainArguments = ArgumentsOf<typeof queryOptions> & {
  readonly json: boolean;
} & Arguments;

/** Prints the request that `users list` would send, its cost and the reasons. Sends nothing. */
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
    `Up to ${usersPerPage} users per page; each page costs ${resourceUnitsPerPage} resource units (${index} index).`,
    ...why.map((reason) => `- ${reason}`),
  ];
  await console.write(`${lines.join('\n')}\n`);
}
