import { readFileSync } from 'node:fs';

/** The parameters files of the sandbox in the quickstart's format: with a secret, or with a certificate. */
export interface Parameters {
  readonly authority: string;
  readonly client_id: string;
  readonly scope: string[];
  readonly endpoint: string;
  readonly secret?: string | undefined;
  readonly thumbprint?: string | undefined;
  readonly private_key_file?: string | undefined;
}

export function readParameters(path: string): Parameters {
  return JSON.parse(readFileSync(path, 'utf8')) as Parameters;
}
