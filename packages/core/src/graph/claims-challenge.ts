const longestClaims = 8 * 1024;

/** `Scheme` followed by parameters, as one challenge of a WWW-Authenticate header. */
interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** A longer header is not read: headers of the service have at most a few kilobytes. */
const longestHeader = 32 * 1024;

const token = /[A-Za-z0-9!#$%&'*+.^_`|~-]+/y;
const bareValue = /[^\s,"]*/y;

/** Reads a header from its start to its end, each character once: no expression searches for a closing quote. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skip(characters: string): void {
    while (!this.isAtEnd && characters.includes(this.#text.charAt(this.#at))) this.#at += 1;
  }

  /** @returns whether the character was there */
  take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false;
    this.#at += 1;
    return true;
  }

  match(expression: RegExp): string {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** Returns the text up to the closing quote; undefined when there is none. */
  quoted(): string | undefined {
    let value = '';
    for (; !this.isAtEnd; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return value;
      }
      if (character === '\\') this.#at += 1;
      value += this.#text.charAt(this.#at);
    }
    return undefined;
  }
}

/** Reads several challenges from one header; some responses of Entra leave `authorization_uri` unquoted. */
function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const scanner = new Scanner(header);
  for (;;) {
    scanner.skip(' \t,');
    const name = scanner.match(token);
    if (name === '') return challenges;
    scanner.skip(' \t');
    const current = challenges.at(-1);
    if (!scanner.take('=')) {
      challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
      continue;
    }
    scanner.skip(' \t');
    const value = scanner.take('"') ? scanner.quoted() : scanner.match(bareValue);
    if (value === undefined || current === undefined) return challenges;
    current.parameters.set(name.toLowerCase(), value);
  }
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
  if (wwwAuthenticate === undefined || wwwAuthenticate.length > longestHeader) return undefined;
  for (const { scheme, parameters } of parseChallenges(wwwAuthenticate)) {
    if (scheme !== 'bearer' || parameters.get('error') !== 'insufficient_claims') continue;
    const claims = decodeClaims(parameters.get('claims') ?? '');
    if (claims !== undefined) return claims;
  }
  return undefined;
}
