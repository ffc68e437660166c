import { readCredentialFile } from '../file/credential-file.ts';
import type { AssertionSource } from './assertion-source.ts';

/** A file that its issuer rewrites (Kubernetes, SPIFFE): read anew each time. Its mode is the issuer's choice. */
export function fileAssertion(path: string): AssertionSource {
  return {
    name: `the file ${path}`,
    async read() {
      const file = { path, holds: 'the federated assertion', guarded: false };
      return (await readCredentialFile(file)).toString('utf8');
    },
  };
}
