import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

import type { JWK } from 'jose';

export const tenant = '11111111-2222-4333-8444-555555555555';
export const application = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
export const audience = '99999999-8888-4777-8666-555555555555';
export const authority = 'https://login.microsoftonline.com';
/** In seconds since 1970. */
export const now = 1_800_000_000;

export interface TestKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: JWK & { readonly issuer: string };
}

export function makeKey(kid: string, bits = 2_048): TestKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const exported = publicKey.export({ format: 'jwk' }) as JWK;
  const issuer = `${authority}/${tenant}/v2.0`;
  return { kid, privateKey, publicKey, jwk: { ...exported, kid, use: 'sig', issuer } };
}

export function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString(
    'base64url',
  );
}

/** Signs any header and payload, so that tests can make tokens that a library refuses to make. */
export function signToken(header: unknown, payload: unknown, key: TestKey): string {
  const text = `${encoded(header)}.${encoded(payload)}`;
  const signature = createSign('RSA-SHA256').update(text).sign(key.privateKey);
  return `${text}.${signature.toString('base64url')}`;
}

export type Claims = Readonly<Record<string, unknown>>;

/** The claims of an application's version 2 token. */
export const version2: Claims = {
  aud: audience,
  iss: `${authority}/${tenant}/v2.0`,
  iat: now - 300,
  nbf: now - 300,
  exp: now + 3_600,
  azp: application,
  azpacr: '1',
  idtyp: 'app',
  oid: '12345678-1234-4234-8234-123456789012',
  roles: ['Users.Read'],
  sub: '12345678-1234-4234-8234-123456789012',
  tid: tenant,
  ver: '2.0',
};

/** The claims of an application's version 1 token. */
export const version1: Claims = {
  ...version2,
  ver: '1.0',
  aud: 'api://rollcall',
  iss: `https://sts.windows.net/${tenant}/`,
  azp: undefined,
  azpacr: undefined,
  appid: application,
  appidacr: '2',
};
