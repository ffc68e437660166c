import { options } from '@rollcall/sandbox/command';

import type { OptionSpec } from '../arguments/command.ts';

type SandboxOption = (typeof options)[keyof typeof options];

type KindOf<Option> = Option extends { readonly type: 'number' }
  ? 'whole-number'
  : Option extends { readonly array: true }
    ? 'texts'
    : 'text';

function kindOf(option: SandboxOption): OptionSpec['kind'] {
  if (option.type === 'number') return 'whole-number';
  return 'array' in option ? 'texts' : 'text';
}

/** The names of values in help; others are the name of the option. */
const placeholders: Readonly<Record<string, string>> = {
  'users-from': 'FILE',
  permission: 'ROLE',
  'replica-lag': 'SECONDS',
  behavior: 'NAME=CHOICE',
  fault: 'KIND',
  skew: 'KIND',
  'host-name': 'HOST',
};

/** The options of the sandbox, which the sandbox package defines, as options of this command line. */
export const sandboxOptions = Object.fromEntries(
  Object.entries(options).map(([name, option]): [string, OptionSpec] => [
    name,
    {
      kind: kindOf(option),
      placeholder: option.type === 'number' ? 'N' : (placeholders[name] ?? name.toUpperCase()),
      describe:
        'default' in option ? `${option.describe} (default ${option.default})` : option.describe,
      group: 'Tenant',
    },
  ]),
) as {
  readonly [Name in keyof typeof options]: OptionSpec & {
    readonly kind: KindOf<(typeof options)[Name]>;
  };
};
