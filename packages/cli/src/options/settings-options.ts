import type { Options, OptionSpec } from '../command.ts';

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the flags of every command that reads settings. Core checks their values together with the other sources. */
export async function settingsOptions(): Promise<Options> {
  const { settingsFlags } = await import('@rollcall/core/command-line');
  return Object.fromEntries(
    Object.entries(settingsFlags).map(([name, flag]): [string, OptionSpec] => [
      name,
      {
        kind: flag.type === 'boolean' ? 'flag' : 'text',
        ...(flag.argument === undefined ? {} : { placeholder: flag.argument }),
        describe: capitalised(flag.describe),
        group: 'Settings (precedence: flags, environment, --env-file, --config)',
      },
    ]),
  );
}
