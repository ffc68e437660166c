import { defineCommand } from '../arguments/command.ts';
import { loadCommandSettings } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { queryFrom, queryOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Prints the request that `users list` would send, its cost and the reasons. Sends nothing. */
export const usersExplain = defineCommand({
  options: { ...queryOptions, ...jsonOptions, ...settingsOptions },
  examples: [
    [
      'users explain --filter "endsWith(mail,\'@contoso.com\')"',
      'Check whether a filter is an advanced query',
    ],
  ],
  async run(args, context) {
    const { console } = context;
    const { explain } = await context.core();
    const flags = queryFrom(args);
    const settings = await loadCommandSettings(args, context);
    const explanation = await explain(settings.graph, { ...settings.query, ...flags });
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
  },
});
