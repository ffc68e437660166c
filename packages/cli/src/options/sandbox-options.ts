import type { Options, OptionSpec } from '../command.ts';

/** The sandbox's own options, in the words of this command line. It alone knows what they may be. */
export async function sandboxOptions(): Promise<Options> {
  const { options } = await import('@rollcall/sandbox/command');
  return Object.fromEntries(
    Object.entries(options).map(([name, option]): [string, OptionSpec] => [
      name,
      {
        kind: option.type === 'number' ? 'whole-number' : 'text',
        placeholder: option.type === 'number' ? 'N' : name.toUpperCase(),
        describe:
          'default' in option ? `${option.describe} (default ${option.default})` : option.describe,
        group: 'Tenant',
      },
    ]),
  );
}
