/**
 * Returns the claims of a token; null if it is not a JWT. They are used for display and hints only: the format of a
 * token for Graph is not documented for clients, and its signature is not checked here.
 *
 * @example
 * const { token } = await directory.credential.getToken('https://graph.microsoft.com/.default');
 * console.log(claimsOf(token)?.['roles']);
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
