import type { Readable } from 'node:stream';

import { CredentialError } from '../../errors/credential-error.ts';
import { credentialFileLimit } from './credential-file.ts';

/**
 * All of standard input. It can be read once, so whoever needs it later keeps it.
 * @throws {CredentialError} when there is more than a credential's file may hold: `/dev/zero` has no end
 */
export async function readStandardInput(input: Readable = process.stdin): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > credentialFileLimit)
      throw new CredentialError(
        'Standard input is larger than 64 KiB.',
        'Put the client secret, and nothing else, into it.',
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
