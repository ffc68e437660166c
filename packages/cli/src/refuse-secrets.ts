import { UsageError } from './usage-error.ts';

/** Flags that other tools have, and that would put a secret where every process list shows it. */
const secretFlag =
  /^--?(?:client-?secret|secret|password|certificate-password|passphrase|private-key|token|assertion|access-token)(?:=|$)/iu;

/**
 * Looks at argv before anything parses, stores or repeats it.
 * @throws {UsageError} naming the flag, never its value
 */
export function refuseSecrets(argv: readonly string[]): void {
  for (const word of argv) {
    if (word === '--') return;
    const [flag = ''] = word.split('=', 1);
    if (secretFlag.test(word))
      throw new UsageError(
        `${flag} is refused: a secret on the command line shows in process lists and shell history.`,
        'Use --secret-file FILE, --secret-file - (standard input), or AZURE_CLIENT_SECRET; then change the secret you just typed.',
      );
  }
}
