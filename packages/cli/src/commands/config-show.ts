import { safeText } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { loadCommandSettings } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Prints every setting in effect with its source. Secrets are redacted. */
export const configShow = defineCommand({
  options: { ...jsonOptions, ...settingsOptions },
  examples: [['config show', 'Show every setting and its source; secrets are redacted']],
  async run(args, context) {
    const { console } = context;
    const { showSettings } = await context.core();
    const shown = showSettings(await loadCommandSettings(args, context));
    if (args.json || !console.outIsTerminal) {
      const byPath = shown.map(({ path, value, source }) => [path, { value, source }] as const);
      await console.write(`${JSON.stringify(Object.fromEntries(byPath), undefined, 2)}\n`);
      return;
    }
    const pathWidth = Math.max(...shown.map(({ path }) => path.length));
    const valueWidth = Math.max(...shown.map(({ value }) => Math.min(value.length, 60)));
    const lines = shown.map(({ path, value, source }) =>
      [
        path.padEnd(pathWidth),
        safeText(value).padEnd(valueWidth),
        console.paint('faint', safeText(source)),
      ].join('  '),
    );
    await console.write(`${lines.join('\n')}\n`);
  },
});
