import type { Readable } from 'node:stream';

import { CredentialError } from '../../errors/credential-error.ts';
import { credentialFileLimit } from './read-credential-file.ts';

/**
 * Reads all of standard input. It can be read only once, so that callers keep the result.
 * @throws {CredentialError} when it is larger than 64 KiB
 */
export async function readStandardInput(input: Readable = process.stdin): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > credentialFileLimit)
      throw new CredentialError(
        'Standard input is larger than 64 KiB.',
        'Write only the client secret to it.',
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
