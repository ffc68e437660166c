import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import type { BodyFault } from '../errors/body-error.ts';

/**
 * The encodings that are requested. Decompressing a whole buffer takes half the processor time of streams, and fails
 * for an incomplete body.
 */
export const acceptEncoding = 'gzip, br';

const decoders: Record<string, (bytes: Uint8Array, limit: number) => Uint8Array> = {
  identity: (bytes) => bytes,
  gzip: (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit }),
  'x-gzip': (bytes, limit) => gunzipSync(bytes, { maxOutputLength: limit }),
  br: (bytes, limit) => brotliDecompressSync(bytes, { maxOutputLength: limit }),
};

function faultOf(error: unknown): BodyFault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'too-large';
  return code === 'Z_BUF_ERROR' ? 'truncated' : 'corrupt';
}

/**
 * Decompresses a whole body, and insists that it ended: Node's `fetch` and undici's own decoder flush what they
 * have when a gzip is cut or its checksum is missing, which loses users silently.
 * @param limit most bytes after decompression
 */
export function decodeContent(
  bytes: Uint8Array,
  encoding: string | undefined,
  limit: number,
): { readonly body: Uint8Array } | { readonly fault: BodyFault; readonly cause?: unknown } {
  if (bytes.length > limit) return { fault: 'too-large' };
  const name = encoding?.trim().toLowerCase() ?? '';
  const decode = decoders[name === '' ? 'identity' : name];
  if (decode === undefined) return { fault: 'corrupt' };
  // An empty body has no gzip header to check; the JSON reader refuses it.
  if (bytes.length === 0) return { body: bytes };
  try {
    return { body: decode(bytes, limit) };
  } catch (error) {
    return { fault: faultOf(error), cause: error };
  }
}
