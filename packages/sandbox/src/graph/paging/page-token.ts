import { createHmac, timingSafeEqual } from 'node:crypto';

/** The position in a listing at which its next page begins. */
export interface PagePosition {
  /** First slot (or rank, in a sorted list) of the page. */
  readonly cursor: number;
  /** Number of the server's cookie, for a token of this kind; 0 otherwise. */
  readonly cookie: number;
  /** Came with a page that had been requested before (2.2). */
  readonly retried: boolean;
  /** To hold fewer users than it could: every other page is, when that is chosen. */
  readonly thin: boolean;
}

/**
 * Graph uses three kinds of page token: plain lists continue after a key, lists filtered in default mode continue a
 * cookie that the server keeps and that expires, and advanced queries have a kind of their own.
 */
export type PageTokenKind = 'keyset' | 'cookie' | 'advanced';

export interface PageTokens {
  /** `query` is the request that the page belongs to: path and options, without the token. */
  issue(kind: PageTokenKind, query: string, position: PagePosition): string;
  /** undefined for what was not issued here as this kind for this query. */
  read(kind: PageTokenKind, query: string, token: string): PagePosition | undefined;
}

/** How tokens of each kind begin: decoded from published links, not documented. */
const prefixes = {
  keyset: 'RFNwdAIAAQAA',
  cookie: 'RFNwdAoAAQAA',
  advanced: 'm~AQAnOz',
} as const satisfies Record<PageTokenKind, string>;

const positionLength = 8 + 8 + 1;
const length = positionLength + 16;

/** Tokens contain their position and are sealed: the sandbox does not store them, and clients cannot forge them. */
export function createPageTokens(seed: number): PageTokens {
  const key = `page tokens of seed ${seed}`;

  function seal(kind: PageTokenKind, query: string, position: Buffer): Buffer {
    const hmac = createHmac('sha256', key).update(kind).update(position).update(query);
    return hmac.digest().subarray(0, 16);
  }

  return {
    issue(kind, query, { cursor, cookie, retried, thin }) {
      const position = Buffer.alloc(positionLength);
      position.writeDoubleBE(cursor, 0);
      position.writeDoubleBE(cookie, 8);
      position.writeUInt8((retried ? 1 : 0) + (thin ? 2 : 0), 16);
      const sealed = Buffer.concat([position, seal(kind, query, position)]);
      return prefixes[kind] + sealed.toString('base64url');
    },
    read(kind, query, token) {
      const prefix = prefixes[kind];
      if (!token.startsWith(prefix)) return undefined;
      const bytes = Buffer.from(token.slice(prefix.length), 'base64url');
      if (bytes.length !== length) return undefined;
      const position = bytes.subarray(0, positionLength);
      if (!timingSafeEqual(bytes.subarray(positionLength), seal(kind, query, position))) {
        return undefined;
      }
      return {
        cursor: position.readDoubleBE(0),
        cookie: position.readDoubleBE(8),
        retried: (position.readUInt8(16) & 1) === 1,
        thin: (position.readUInt8(16) & 2) === 2,
      };
    },
  };
}
