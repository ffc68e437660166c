import { rejectedFlags } from '@rollcall/core/command-line';

import { UsageError } from './usage-error.ts';

/** Flags of other tools that take a secret as an argument, in addition to those of core's credentials. */
const flagsOfOtherTools = [
  'clientsecret',
  'passphrase',
  'private-?key',
  'token',
  'assertion',
  'access-?token',
];

/** Every user of the machine can read the arguments of a process. */
const secretFlag = new RegExp(
  `^--?(?:${[...rejectedFlags, ...flagsOfOtherTools].join('|')})(?:=|$)`,
  'iu',
);

/**
 * Refuses secrets in arguments before any code parses, stores or prints the arguments.
 * @throws {UsageError} naming the flag, never its value
 */
export function refuseSecrets(argv: readonly string[]): void {
  for (const word of argv) {
    if (word === '--') return;
    const [flag = ''] = word.split('=', 1);
    if (secretFlag.test(word))
      throw new UsageError(
        `${flag} is not supported: secrets on the command line are visible in process lists and in the shell history.`,
        'Use --secret-file FILE, --secret-file - (stdin) or AZURE_CLIENT_SECRET. Replace the secret that you typed: it may be in the shell history.',
      );
  }
}
