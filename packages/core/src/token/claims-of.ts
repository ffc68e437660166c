/**
 * What a token says of itself; null where it is not a JWT. For showing and for hints only: a token for Graph is Graph's to
 * read, may be anything, and its signature is not checked here.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(payload);
    return typeof claims === 'object' ? (claims as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
