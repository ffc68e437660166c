import { createApiKey } from '../callers/api-keys.ts';

const help = `rollcall-server keys create

Create an API key for a caller

The key is printed once. The file of --callers contains its SHA-256 hash only:
  { "keys": [{ "name": "reports", "sha256": ["HASH"], "roles": ["Users.Read"] }] }
A caller can have two hashes. To replace a key, add the new hash, give the caller
the new key, and remove the old hash. The server reads the file again on SIGHUP.

Examples:
  rollcall-server keys create
  rollcall-server keys create | jq -r .sha256
`;

/** The result of `rollcall-server keys …`: text for stdout, or what is wrong with the arguments. */
export type KeysCommand = { readonly text: string } | { readonly refusal: string };

/** Runs `rollcall-server keys …` with the arguments after `keys`. */
export function keysCommand(argv: readonly string[]): KeysCommand {
  const [verb, ...others] = argv;
  if (argv.length === 0 || argv.includes('--help') || argv.includes('-h')) return { text: help };
  if (verb !== 'create')
    return { refusal: 'Unknown command. The command for API keys is `keys create`.' };
  if (others.length > 0) return { refusal: '`keys create` takes no arguments.' };
  return { text: `${JSON.stringify(createApiKey())}\n` };
}
