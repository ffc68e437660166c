const longestClaims = 8 * 1024;

/** `Scheme` followed by parameters, as one challenge of a WWW-Authenticate header. */
interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const schemeToken = /\s*,?\s*([A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]*)(?:\s+(?![=\s])|\s*(?=,|$))/y;
const parameter = /\s*,?\s*([A-Za-z0-9_.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))/y;

/** Reads several challenges from one header; some Entra answers leave `authorization_uri` unquoted. */
function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let at = 0;
  while (at < header.length) {
    parameter.lastIndex = at;
    const pair = parameter.exec(header);
    const current = challenges.at(-1);
    if (pair !== null && current !== undefined) {
      const [, name = '', quoted, bare = ''] = pair;
      current.parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare);
      at = parameter.lastIndex;
      continue;
    }
    schemeToken.lastIndex = at;
    const scheme = schemeToken.exec(header);
    if (scheme === null) return challenges;
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() });
    at = schemeToken.lastIndex;
  }
  return challenges;
}

function decodeClaims(encoded: string): string | undefined {
  if (encoded.length > longestClaims * 2) return undefined;
  // Base64 and base64url both occur; Buffer reads either.
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  if (text.length > longestClaims) return undefined;
  try {
    const claims: unknown = JSON.parse(text);
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? text
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The claims that the service wants in the next token (continuous access evaluation), as JSON text; undefined
 * when the header holds no challenge that we can answer. Several schemes may share the header.
 */
export function claimsChallenge(wwwAuthenticate: string | undefined): string | undefined {
  for (const { scheme, parameters } of parseChallenges(wwwAuthenticate ?? '')) {
    if (scheme !== 'bearer' || parameters.get('error') !== 'insufficient_claims') continue;
    const claims = decodeClaims(parameters.get('claims') ?? '');
    if (claims !== undefined) return claims;
  }
  return undefined;
}
