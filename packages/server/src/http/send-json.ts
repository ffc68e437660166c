import { createHash } from 'node:crypto';

import type { Response } from 'express';

/**
 * Sends a JSON response with a weak ETag, so that a caller that has the same data gets 304 (RFC 9110, section 13.1.2):
 * Express compares it with `If-None-Match`.
 * @param body the response as text
 * @param identity what the ETag is calculated from: everything that means something, without page tokens, which differ
 *   in each response
 */
export function sendJson(
  response: Response,
  body: string | Buffer,
  identity: readonly (string | Uint8Array)[],
): void {
  const hash = createHash('sha256');
  for (const part of identity) hash.update(part);
  const etag = hash.digest('base64url').slice(0, 22);
  response.set('ETag', `W/"${etag}"`).type('json').send(body);
}
