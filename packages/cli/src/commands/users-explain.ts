import { defineCommand } from '../arguments/command.ts';
import { loadCommandSettings } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { queryFrom, queryOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { wrapHanging } from '../terminal/wrap-hanging.ts';

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
      wrapHanging(
        `Up to ${usersPerPage} users per page; each page costs ${resourceUnitsPerPage} resource units (${index} index).`,
        console.width,
        0,
      ),
      ...why.map((reason) => `- ${wrapHanging(reason, console.width, 2)}`),
    ];
    await console.write(`${lines.join('\n')}\n`);
  },
});
