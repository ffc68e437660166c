import { SettingsError } from '@rollcall/core';

import { rotatePageKeys } from '../http/page-keys.ts';
import type { KeysCommand } from './keys-command.ts';

const help = `rollcall-server page-keys rotate FILE

Add a new key to a file of page keys, and create the file if it does not exist

The server seals links to the next page with the first key of --page-keys, and
opens links of the two keys before it. Servers with the same file accept each
other's links. The server reads the file again on SIGHUP. Delta links are valid
for seven days: rotate not more often than once a week.

Examples:
  rollcall-server page-keys rotate page.keys
`;

/** Runs `rollcall-server page-keys …` with the arguments after `page-keys`. */
export async function pageKeysCommand(argv: readonly string[]): Promise<KeysCommand> {
  const [verb, file, ...others] = argv;
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) return { text: help };
  if (verb !== 'rotate' || file === undefined || others.length > 0)
    return { refusal: 'The command is `page-keys rotate FILE`.' };
  try {
    const { length } = await rotatePageKeys(file);
    return { text: `${JSON.stringify({ rotated: file, keys: length })}\n` };
  } catch (error) {
    const { code } = error as { readonly code?: string };
    const reason =
      error instanceof SettingsError
        ? error.issues.map(({ message }) => message).join('; ')
        : (code ?? 'unknown error');
    return { refusal: `The file ${file} was not changed: ${reason}.` };
  }
}
