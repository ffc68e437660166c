import type { Options, OptionSpec } from '../command.ts';

function kindOf(option: { readonly type: string; readonly array?: boolean }): OptionSpec['kind'] {
  if (option.type === 'number') return 'whole-number';
  return option.array === true ? 'texts' : 'text';
}

/** Returns the options of the sandbox, which the sandbox package defines, as options of this command line. */
export async function sandboxOptions(): Promise<Options> {
  const { options } = await import('@rollcall/sandbox/command');
  return Object.fromEntries(
    Object.entries(options).map(([name, option]): [string, OptionSpec] => [
      name,
      {
        kind: kindOf(option),
        placeholder: option.type === 'number' ? 'N' : name.toUpperCase(),
        describe:
          'default' in option ? `${option.describe} (default ${option.default})` : option.describe,
        group: 'Tenant',
      },
    ]),
  );
}
