import { readCredentialFile } from '../file/read-credential-file.ts';
import type { AssertionSource } from './assertion-source.ts';

/**
 * Returns the source of the assertion in a file. The issuer (Kubernetes, SPIFFE) replaces the file, so that it is
 * read again each time, and determines its mode, so that the mode is not checked.
 */
export function fileAssertion(path: string): AssertionSource {
  return {
    name: `the file ${path}`,
    async read() {
      const file = { path, content: 'the federated assertion', isSecret: false };
      return (await readCredentialFile(file)).toString('utf8');
    },
  };
}
