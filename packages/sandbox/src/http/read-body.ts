import type { IncomingMessage } from 'node:http';

/** More than any token request or `$batch` needs. */
const limitBytes = 4 * 1024 * 1024;

/** @returns the whole body, or undefined when it is over 4 MiB */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
