import { createHash } from 'node:crypto';

import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';

import type { Caller } from '../caller.ts';
import type { CallersSettings } from '../callers-settings.ts';
import { invalidCredential, keysUnavailable } from '../refusals.ts';
import { judgeClaims, readClaims } from './entra-claims.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Characters of a token; longer ones are not parsed. */
const longest = 16_384;
/** Seconds by which clocks may differ. */
const tolerance = 60;
/** Three parts of base64url without padding. */
const form = /^[\w-]+\.[\w-]+\.[\w-]+$/u;
/** Header parameters that name a key or a way to get one are not used: keys come from the tenant only. */
const headerNames: ReadonlySet<string> = new Set([
  'typ',
  'alg',
  'kid',
  'x5t',
  'nonce',
  'jku',
  'x5u',
  'jwk',
  'x5c',
  'x5t#S256',
]);

/** Issuers of version 1 tokens, by login host. */
const olderIssuers: Readonly<Record<string, string>> = {
  'login.partner.microsoftonline.cn': 'https://sts.chinacloudapi.cn',
};

export interface EntraTokenOptions {
  readonly settings: NonNullable<CallersSettings['entra']>;
  /** The keys of an accepted tenant. */
  readonly keysOf: (tenant: string) => SigningKeys;
  /** In milliseconds since 1970. */
  readonly wall: () => number;
}

/** Verifies access tokens that Entra issued for this server, by the rules of faults D2. */
export type VerifyToken = (token: string) => Promise<Caller>;

/**
 * Whether each part is the only spelling of its bytes: the last character of base64url can have unused bits, which
 * decoders ignore.
 */
function isCanonical(token: string): boolean {
  return token
    .split('.')
    .every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

/** Reads header and payload without trusting them: they choose the tenant whose keys verify the token. */
function unverified(token: string) {
  try {
    if (token.length > longest || !form.test(token) || !isCanonical(token))
      throw invalidCredential('form');
    return { header: decodeProtectedHeader(token), tenant: decodeJwt(token)['tid'] };
  } catch {
    throw invalidCredential('form');
  }
}

export function createEntraTokens(options: EntraTokenOptions): VerifyToken {
  const { settings, keysOf, wall } = options;
  const tenants = new Set(settings.tenants);
  const older = olderIssuers[new URL(settings.authority).host] ?? 'https://sts.windows.net';

  return async (token) => {
    const { header, tenant } = unverified(token);
    const { alg, kid, typ = 'JWT' } = header;
    if (alg !== 'RS256') throw invalidCredential('alg');
    if (!['JWT', 'AT+JWT'].includes(typ.toUpperCase())) throw invalidCredential('typ');
    if (typeof kid !== 'string' || kid === '') throw invalidCredential('kid');
    if (!Object.keys(header).every((name) => headerNames.has(name)))
      throw invalidCredential('header');
    if (typeof tenant !== 'string' || !tenants.has(tenant)) throw invalidCredential('tid');

    const found = await keysOf(tenant)
      .find(kid)
      .catch(() => {
        throw keysUnavailable;
      });
    if (found === undefined) throw invalidCredential('unknown key');
    const issuer = `${settings.authority}/${tenant}/v2.0`;
    if (found.issuer !== undefined && found.issuer.replace('{tenantid}', tenant) !== issuer)
      throw invalidCredential('issuer of the key');

    const verified = await jwtVerify(token, found.key, {
      algorithms: ['RS256'],
      audience: [...settings.audiences],
      issuer: [issuer, `${older}/${tenant}/`],
      clockTolerance: tolerance,
      currentDate: new Date(wall()),
      requiredClaims: ['exp', 'nbf', 'iat', 'aud', 'iss', 'tid', 'oid', 'ver'],
    }).catch((error: unknown) => {
      throw invalidCredential(error instanceof errors.JOSEError ? error.code : 'signature');
    });
    const claims = readClaims(verified.payload);
    if ('problem' in claims) throw invalidCredential(claims.problem);
    const expected = claims.ver === '2.0' ? issuer : `${older}/${tenant}/`;
    if (claims.iss !== expected || claims.tid !== tenant) throw invalidCredential('iss');
    if (claims.iat > wall() / 1000 + tolerance) throw invalidCredential('iat');
    const judged = judgeClaims(claims, settings);
    if ('problem' in judged) throw invalidCredential(judged.problem);
    const { application, roles } = judged;
    // Logs contain the application, and its users as a hash.
    const user = createHash('sha256').update(claims.oid).digest('hex').slice(0, 12);
    const name = claims.scp === undefined ? application : `${application}/${user}`;
    return { id: `entra:${tenant}/${claims.oid}/${application}`, name, roles };
  };
}
