import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { CredentialError } from '../../errors/credential-error.ts';
import type { AssertionSource } from './assertion-source.ts';

const timeout = 30_000;
const run = promisify(execFile);

/** Started as it is, by no shell, so that nothing in it is expanded. What it prints on standard output is the assertion. */
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
        const why = killed === true ? 'was stopped after 30 s' : `failed (${String(code)})`;
        // Neither what it printed nor its arguments: both may hold secrets.
        throw new CredentialError(
          `For the federated assertion ${name} ${why}.`,
          'Run it by hand: it must print one JWT and exit 0.',
        );
      }
    },
  };
}
