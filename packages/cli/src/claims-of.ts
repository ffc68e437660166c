/** What a token says of itself; null where it is not a JWT: it is the service's, and may be anything. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims: unknown = JSON.parse(payload);
    return typeof claims === 'object' ? (claims as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}
