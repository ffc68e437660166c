import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

import type { UserQuery } from '@rollcall/core';

import { RequestError } from '../errors/request-error.ts';
import { temporaryPageKeys, type PageKeys } from './page-keys.ts';

/** Where a caller's listing or delta round continues. */
export interface Place {
  readonly link: string;
  /** The query that the link belongs to: the headers it needs are not part of the link. */
  readonly query: UserQuery;
  /** When a delta link was received, in ISO 8601. */
  readonly readAt?: string | undefined;
}

/** What a token is valid for. */
export interface SealOwner {
  /** The ID of the caller: another caller's token is invalid. */
  readonly caller: string;
  /** The path of the route: a token of another route is invalid. */
  readonly route: string;
}

/** Turns links into tokens that only this server, and servers with the same keys, can read and create. */
export interface LinkSeal {
  seal(place: Place, owner: SealOwner): string;
  /** @throws {RequestError} 400 when the token is not valid for its owner */
  open(token: string, owner: SealOwner): Place;
  /** Uses other keys from now on. */
  replaceKeys(keys: PageKeys): void;
}

const nameLength = 4;
const nonceLength = 12;
const tagLength = 16;
const headLength = nameLength + nonceLength + tagLength;

const notValid = new RequestError({
  status: 400,
  code: 'bad_page_token',
  graphCode: 'Directory_ExpiredPageToken',
  title: 'Invalid page token',
  detail:
    'The specified page token value has expired and can no longer be included in your request. Start the listing again.',
});

/** Returns the name of a key, with which its tokens begin. */
function nameOf(key: Uint8Array): Buffer {
  return createHash('sha256').update('name of ').update(key).digest().subarray(0, nameLength);
}

/**
 * Seals links by AES-256-GCM. A caller that could write the link itself would choose where the server sends its token;
 * with a sealed one it can only return what it was given. Tenant, caller and route are authenticated with the link, and
 * the query is part of it.
 * @param tenant the tenant and the application whose links are sealed
 */
export function createLinkSeal(tenant = '', keys: PageKeys = temporaryPageKeys()): LinkSeal {
  let present = keys;

  function ownerText({ caller, route }: SealOwner): Buffer {
    return Buffer.from(JSON.stringify([tenant, route, caller]));
  }

  function keyOf(name: Buffer): Uint8Array | undefined {
    return present.find((key) => nameOf(key).equals(name));
  }

  return {
    seal(place, owner) {
      const [key] = present;
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(ownerText(owner));
      const sealed = [cipher.update(JSON.stringify(place), 'utf8'), cipher.final()];
      const parts = [nameOf(key), nonce, cipher.getAuthTag(), ...sealed];
      return Buffer.concat(parts).toString('base64url');
    },
    open(token, owner) {
      const bytes = Buffer.from(token, 'base64url');
      const key = keyOf(bytes.subarray(0, nameLength));
      if (key === undefined || bytes.length <= headLength) throw notValid;
      // Another spelling of the same bytes is another token.
      if (bytes.toString('base64url') !== token) throw notValid;
      const nonce = bytes.subarray(nameLength, nameLength + nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
      decipher.setAAD(ownerText(owner));
      decipher.setAuthTag(bytes.subarray(nameLength + nonceLength, headLength));
      let text: string;
      try {
        text = decipher.update(bytes.subarray(headLength), undefined, 'utf8');
        text += decipher.final('utf8');
      } catch {
        throw notValid;
      }
      return JSON.parse(text) as Place;
    },
    replaceKeys(keysRead) {
      present = keysRead;
    },
  };
}
