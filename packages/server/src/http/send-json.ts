import { createHash } from 'node:crypto';

import type { Response } from 'express';

/**
 * Sends a JSON response with a weak ETag, so that a caller that has the same data gets 304 (RFC 9110, section 13.1.2):
 * Express compares it with `If-None-Match`.
 * @param body the response as text
 * @param identity what the ETag is calculated from: everything that means something, without page tokens, which differ
 *   in each response
 */
export function sendJson(response: Response, body: string, identity: string): void {
  const hash = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  response.set('ETag', `W/"${hash}"`).type('json').send(body);
}
