import { ignoredSettings, safeText, showSettings } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { loadCommandSettings } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { wrapHanging } from '../terminal/wrap-hanging.ts';

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
    const indent = pathWidth + 2;
    const valueWidth = Math.max(...shown.map(({ value }) => Math.min(value.length, 30)));
    const lines = shown.map(({ path, value, source }) => {
      const text = safeText(value);
      const origin = safeText(source);
      const fits = indent + Math.max(text.length, valueWidth) + 2 + origin.length <= console.width;
      const head = path.padEnd(pathWidth);
      return fits
        ? `${head}  ${text.padEnd(valueWidth)}  ${console.paint('faint', origin)}`
        : `${head}  ${wrapHanging(text, console.width, indent)}\n${' '.repeat(indent)}${console.paint('faint', wrapHanging(origin, console.width, indent))}`;
    });
    const notes = ignored.map(({ path, source, because }) =>
      wrapHanging(safeText(`${path} of ${source}: ${because} is used`), console.width, 4),
    );
    const more = notes.length === 0 ? [] : ['', 'Ignored:', ...notes.map((note) => `  ${note}`)];
    await console.write(`${[...lines, ...more].join('\n')}\n`);
  },
});
