import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

import type { UserQuery } from '@rollcall/core';

import { RequestError } from '../errors/request-error.ts';

/** Where a caller's listing goes on. */
export interface Place {
  readonly link: string;
  /** The query that the link belongs to: the headers it needs are not part of the link. */
  readonly query: UserQuery;
}

/** Turns links into tokens that only this server can read and create. */
export interface LinkSeal {
  seal(place: Place): string;
  /** @throws {RequestError} 400 when the token is not one of ours */
  open(token: string): Place;
}

const nonceLength = 12;
const tagLength = 16;

/** The error for a page token that is not of this server, or not of this path. */
export const invalidPageToken = new RequestError({
  status: 400,
  code: 'bad_page_token',
  graphCode: 'Directory_ExpiredPageToken',
  title: 'Invalid page token',
  detail:
    'The specified page token value has expired and can no longer be included in your request. Start the listing again.',
});

/**
 * AES-256-GCM over the upstream link and its query. A caller that could write the link itself would choose where we
 * carry our token to; sealed, it can only hand back what we gave it.
 * @param key 32 bytes; by default new for each process, so that tokens end with it
 */
export function createLinkSeal(key: Uint8Array = randomBytes(32)): LinkSeal {
  return {
    seal({ link, query }) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const text = JSON.stringify({ link, query });
      const sealed = [cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]).toString('base64url');
    },
    open(token) {
      const bytes = Buffer.from(token, 'base64url');
      if (bytes.length <= nonceLength + tagLength || bytes.toString('base64url') !== token)
        throw invalidPageToken;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
      const rest = bytes.subarray(nonceLength + tagLength);
      let text: string;
      try {
        text = decipher.update(rest, undefined, 'utf8') + decipher.final('utf8');
      } catch {
        throw invalidPageToken;
      }
      return JSON.parse(text) as Place;
    },
  };
}
