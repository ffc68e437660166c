import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';
import { safeText } from '@rollcall/core/command-line';

export interface ConfigShowArguments extends Arguments {
  readonly json: boolean;
}

/** Prints every setting in effect with its source. Secrets are redacted. */
export async function configShow(args: ConfigShowArguments, context: Context): Promise<void> {
  const { console } = context;
  const { showSettings } = await context.core();
  const shown = showSettings(await settingsFor(args, context));
  if (args.json || !console.outIsTerminal) {
    const byPath = shown.map(({ path, value, source }) => [path, { value, source }] as const);
    await console.write(`${JSON.stringify(Object.fromEntries(byPath), undefined, 2)}\n`);
    return;
  }
  const path = Math.max(...shown.map((each) => each.path.length));
  const value = Math.max(...shown.map((each) => Math.min(each.value.length, 60)));
  const lines = shown.map((each) =>
    [
      each.path.padEnd(path),
      safeText(each.value).padEnd(value),
      console.paint('faint', safeText(each.source)),
    ].join('  '),
  );
  await console.write(`${lines.join('\n')}\n`);
}
