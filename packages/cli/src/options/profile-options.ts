import type { LoadOptions } from '@rollcall/core';

import type { ArgumentsOf } from '../arguments/command.ts';
import { settingsOptions } from './settings-options.ts';

/** The options of the commands for profiles: the file with the profiles. */
export const profileFileOptions = {
  config: { ...settingsOptions.config, kind: 'text' },
  'allow-weak-permissions': { ...settingsOptions['allow-weak-permissions'], kind: 'flag' },
} as const;

/** Returns the flags that say which file has the profiles. */
export function profileFlags(args: ArgumentsOf<typeof profileFileOptions>): LoadOptions['flags'] {
  const { config, 'allow-weak-permissions': acceptsWeak } = args;
  return { config, 'allow-weak-permissions': acceptsWeak || undefined };
}
