import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { CredentialError } from '../../errors/credential-error.ts';
import type { AssertionSource } from './assertion-source.ts';

const timeout = 30_000;
const run = promisify(execFile);

/**
 * Returns the source of the assertion that a program prints on standard output. The program is started without a
 * shell, so that its arguments are not expanded.
 */
export function commandAssertion([program, ...parameters]: readonly [
  string,
  ...string[],
]): AssertionSource {
  const name = `the command ${program}`;
  return {
    name,
    async read(signal) {
      try {
        const options = { timeout, signal, maxBuffer: 64 * 1024, encoding: 'utf8' } as const;
        return (await run(program, parameters, options)).stdout;
      } catch (error) {
        signal?.throwIfAborted();
        const { code, killed } = error as { code?: unknown; killed?: boolean };
        const what = killed === true ? 'timed out after 30 s' : `failed (${String(code)})`;
        // The message contains neither the output nor the arguments of the program, which can contain secrets.
        throw new CredentialError(
          `The command ${program} ${what}.`,
          'Run the command manually: it must print one JWT and exit with 0.',
        );
      }
    },
  };
}
