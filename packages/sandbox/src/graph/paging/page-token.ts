import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where a listing goes on. */
export interface PagePosition {
  /** First slot (or rank, in a sorted list) of the page. */
  readonly cursor: number;
  /** Milliseconds since 1970. */
  readonly issuedAt: number;
  /** Came with a page that had been asked for before (2.2). */
  readonly retried: boolean;
  /** To hold fewer users than it could: every other page is, when that is chosen. */
  readonly thin: boolean;
}

export interface PageTokens {
  /** `query` is the request that the page belongs to: path and options, without the token. */
  issue(query: string, position: PagePosition): string;
  /** undefined for what was not issued here for this query. */
  read(query: string, token: string): PagePosition | undefined;
}

/** Graph's tokens begin with these bytes, `RFNwdAIAAQAAA…` in base64url (S5). Nothing else about them is known. */
const header = Buffer.from([0x44, 0x53, 0x70, 0x74, 0x02, 0x00, 0x01, 0x00, 0x00, 0x00]);
const positionLength = 8 + 8 + 1;
const length = header.length + positionLength + 16;

/** Tokens hold their position and are sealed, so that the sandbox keeps none and a client can make none. */
export function createPageTokens(seed: number): PageTokens {
  const key = `page tokens of seed ${seed}`;

  function seal(query: string, position: Buffer): Buffer {
    return createHmac('sha256', key).update(position).update(query).digest().subarray(0, 16);
  }

  return {
    issue(query, { cursor, issuedAt, retried, thin }) {
      const position = Buffer.alloc(positionLength);
      position.writeDoubleBE(cursor, 0);
      position.writeDoubleBE(issuedAt, 8);
      position.writeUInt8((retried ? 1 : 0) + (thin ? 2 : 0), 16);
      return Buffer.concat([header, position, seal(query, position)]).toString('base64url');
    },
    read(query, token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length !== length || !bytes.subarray(0, header.length).equals(header)) {
        return undefined;
      }
      const position = bytes.subarray(header.length, header.length + positionLength);
      if (!timingSafeEqual(bytes.subarray(header.length + positionLength), seal(query, position))) {
        return undefined;
      }
      return {
        cursor: position.readDoubleBE(0),
        issuedAt: position.readDoubleBE(8),
        retried: (position.readUInt8(16) & 1) === 1,
        thin: (position.readUInt8(16) & 2) === 2,
      };
    },
  };
}
