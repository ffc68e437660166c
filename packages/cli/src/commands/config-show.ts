import { ignoredSettings, safeText, showSettings } from '@rollcall/core/command-line';

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
    const settings = await loadCommandSettings(args, context);
    const shown = showSettings(settings);
    const ignored = ignoredSettings(settings);
    if (args.json || !console.outIsTerminal) {
      const byPath = shown.map(({ path, value, source }) => [path, { value, source }] as const);
      const document = { ...Object.fromEntries(byPath), ignored };
      await console.write(`${JSON.stringify(document, undefined, 2)}\n`);
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
    const notes = ignored.map(({ path, source, because }) =>
      safeText(`${path} of ${source}: ${because} is used`),
    );
    const more = notes.length === 0 ? [] : ['', 'Ignored:', ...notes.map((note) => `  ${note}`)];
    await console.write(`${[...lines, ...more].join('\n')}\n`);
  },
});
