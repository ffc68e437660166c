import { createHmac, createSign, generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { CallersSettings } from '../callers-settings.ts';
import {
  application,
  audience,
  authority,
  type Claims,
  encoded,
  makeKey,
  now,
  signToken,
  tenant,
  type TestKey,
  version1,
  version2,
} from '../testing/test-issuer.ts';
import { createSigningKeys } from './signing-keys.ts';
import { createEntraTokens } from './verify-entra-token.ts';

const key = makeKey('key-1');
const foreignKey = makeKey('key-1');
const otherTenant = '22222222-2222-4333-8444-555555555555';
const header = { typ: 'JWT', alg: 'RS256', kid: 'key-1' };

const settings: NonNullable<CallersSettings['entra']> = {
  tenants: [tenant],
  audiences: [audience, 'api://rollcall'],
  authority,
  delegated: false,
};

function verifier(
  changes: Partial<typeof settings> = {},
  published: readonly unknown[] = [key.jwk],
) {
  const keys = createSigningKeys({
    url: new URL(`${authority}/${tenant}/discovery/v2.0/keys`),
    fetchJson: async () => ({ keys: published }),
    monotonic: () => 0,
  });
  return createEntraTokens({
    settings: { ...settings, ...changes },
    keysOf: () => keys,
    wall: () => now * 1_000,
  });
}

const sign = (claims: Claims = version2, more: Claims = {}, by: TestKey = key) =>
  signToken({ ...header, ...more }, claims, by);
const changed = (changes: Claims, base: Claims = version2) => sign({ ...base, ...changes });
const without = (name: string, base: Claims = version2) =>
  sign(Object.fromEntries(Object.entries(base).filter(([each]) => each !== name)));

/** What an Entra tenant issues, in all its forms. */
const good: Readonly<Record<string, string>> = {
  'version 2, by a secret': sign(),
  'version 1, by a certificate': sign(version1),
  'version 1 for the client ID': sign({ ...version1, aud: audience }),
  'by a certificate': changed({ azpacr: '2' }),
  'at+jwt': sign(version2, { typ: 'at+jwt' }),
  'without typ': sign(version2, { typ: undefined }),
  'with x5t': sign(version2, { x5t: 'key-1' }),
  'without idtyp': without('idtyp'),
  'several roles': changed({ roles: ['Users.Read', 'Users.Export', 'Other'] }),
  'claims of later years': changed({ xms_new: { any: ['thing'] } }),
  'a list of audiences': changed({ aud: [audience] }),
  'expired within the tolerance': changed({ exp: now - 59 }),
  'a clock that is ahead within the tolerance': changed({ nbf: now + 59, iat: now + 59 }),
};

const { publicKey: ecPublic, privateKey: ecPrivate } = generateKeyPairSync('ec', {
  namedCurve: 'P-256',
});
function ecToken(): string {
  const text = `${encoded({ ...header, alg: 'ES256' })}.${encoded(version2)}`;
  const signature = createSign('SHA256')
    .update(text)
    .sign({ key: ecPrivate, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}
function hmacToken(secret: string): string {
  const text = `${encoded({ ...header, alg: 'HS256' })}.${encoded(version2)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}
const unsigned = (alg: string, signature = '') =>
  `${encoded({ ...header, alg })}.${encoded(version2)}.${signature}`;
const [first = '', second = '', third = ''] = sign().split('.');
const selfMade = makeKey('key-1');

/** Tokens to refuse, each by one rule of faults D2. */
const hostile: Readonly<Record<string, string>> = {
  // Row 1: form.
  'one part': first,
  'two parts': `${first}.${second}`,
  'four parts': `${first}.${second}.${third}.${third}`,
  'five parts (JWE)': `${first}.${second}.${third}.${third}.${third}`,
  empty: '',
  'a megabyte': `${first}.${'A'.repeat(1_000_000)}.${third}`,
  padding: `${first}=.${second}.${third}`,
  'a space inside': `${first}. ${second}.${third}`,
  'a line break': `${first}\n.${second}.${third}`,
  'plus and slash': `${first}.${second}.+/${third.slice(2)}`,
  'a header that is not JSON': `${encoded('{')}.${second}.${third}`,
  'a payload that is not JSON': signToken(header, '{', key),
  'a payload that is an array': signToken(header, '[]', key),
  // Row 2: algorithm.
  'alg none': unsigned('none'),
  'alg nOnE': unsigned('nOnE', third),
  'alg none with the signature of another': unsigned('none', third),
  'HS256 with the public key': hmacToken(
    key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ),
  'HS256 with the modulus': hmacToken(key.jwk.n ?? ''),
  ES256: ecToken(),
  PS256: sign(version2, { alg: 'PS256' }),
  RS512: sign(version2, { alg: 'RS512' }),
  'without alg': sign(version2, { alg: undefined }),
  // Row 3: key.
  'a foreign key with our kid': sign(version2, {}, foreignKey),
  'an unknown kid': sign(version2, { kid: 'key-2' }),
  'without kid': sign(version2, { kid: undefined }),
  'a kid that is a number': sign(version2, { kid: 1 }),
  'its own key in jwk': sign(version2, { jwk: selfMade.jwk }, selfMade),
  'its own address in jku': sign(version2, { jku: 'https://attacker.example/keys' }, selfMade),
  'its own address in x5u': sign(version2, { x5u: 'https://attacker.example/x' }, selfMade),
  'an unknown critical parameter': sign(version2, { crit: ['exp2'], exp2: 1 }),
  'b64 turned off': sign(version2, { crit: ['b64'], b64: false }),
  'a path as kid': sign(version2, { kid: '../../dev/null' }),
  // Row 5: version and issuer.
  'issuer of another host': changed({ iss: `https://attacker.example/${tenant}/v2.0` }),
  'issuer with a slash more': changed({ iss: `${authority}/${tenant}/v2.0/` }),
  'issuer without version': changed({ iss: `${authority}/${tenant}` }),
  'issuer {tenantid}': changed({ iss: `${authority}/{tenantid}/v2.0` }),
  'issuer common': changed({ iss: `${authority}/common/v2.0` }),
  'issuer in upper case': changed({ iss: `${authority}/${tenant}/v2.0`.toUpperCase() }),
  'issuer of version 1 in a version 2 token': changed({ iss: version1['iss'] }),
  'issuer of version 2 in a version 1 token': changed({ iss: version2['iss'] }, version1),
  'issuer of version 1 without slash': changed(
    { iss: `https://sts.windows.net/${tenant}` },
    version1,
  ),
  'without issuer': without('iss'),
  'without ver': without('ver'),
  'ver 3.0': changed({ ver: '3.0' }),
  'ver as a number': changed({ ver: 2 }),
  // Row 6: tenant.
  'without tid': without('tid'),
  'tid that is not a GUID': changed({ tid: 'contoso' }),
  'another tenant': changed({ tid: otherTenant, iss: `${authority}/${otherTenant}/v2.0` }),
  'tid of another tenant than the issuer': changed({ tid: otherTenant }),
  'issuer of another tenant than tid': changed({ iss: `${authority}/${otherTenant}/v2.0` }),
  // Row 7: audience.
  'for Graph by ID': changed({ aud: '00000003-0000-0000-c000-000000000000' }),
  'for Graph by URL': changed({ aud: 'https://graph.microsoft.com' }),
  'a prefix of the audience': changed({ aud: audience.slice(0, -1) }),
  'the audience and a suffix': changed({ aud: `${audience}.attacker.example` }),
  'an empty audience': changed({ aud: '' }),
  'an empty list of audiences': changed({ aud: [] }),
  'without audience': without('aud'),
  'audience in upper case': changed({ aud: 'API://ROLLCALL' }),
  // Row 8: times.
  expired: changed({ exp: now - 61 }),
  'without exp': without('exp'),
  'exp as text': changed({ exp: String(now + 3_600) }),
  'exp 1e20': changed({ exp: 1e20 }),
  'exp null': changed({ exp: null }),
  'not yet valid': changed({ nbf: now + 61 }),
  'without nbf': without('nbf'),
  'nbf after exp': changed({ nbf: now + 50, exp: now + 40 }),
  'issued in the future': changed({ iat: now + 61 }),
  'without iat': without('iat'),
  'a lifetime of two days': changed({ exp: now + 2 * 86_400 }),
  // Rows 9 and 10: kinds of token.
  'delegated, although users are not accepted': changed({ scp: 'Users.Read', idtyp: 'user' }),
  'delegated with app roles': changed({ scp: 'Users.Read' }),
  'idtyp user without scp': changed({ idtyp: 'user' }),
  'roles as text': changed({ roles: 'Users.Read' }),
  'roles of numbers': changed({ roles: [1] }),
  'an ID token': changed({ azpacr: undefined, idtyp: undefined, nonce: 'n' }),
  // Row 11: application.
  'a public client': changed({ azpacr: '0' }),
  'without azpacr': without('azpacr'),
  'without azp': without('azp'),
  'azp of version 1': changed({ azp: undefined, appid: application }),
  // Rows 12 to 14: identity and header.
  'without oid': without('oid'),
  'oid that is an address': changed({ oid: 'ada@contoso.example' }),
  'typ of another document': sign(version2, { typ: 'dpop+jwt' }),
  'a nonce in the header that the signature does not cover': `${encoded({ ...header, nonce: 'n' })}.${second}.${third}`,
  'a payload that the signature does not cover': `${first}.${encoded({ ...version2, roles: ['Admin'] })}.${third}`,
  'a signature of another token': `${first}.${second}.${sign(version1).split('.')[2]}`,
  'no signature': `${first}.${second}.`,
  'half a signature': `${first}.${second}.${third.slice(0, third.length / 2)}`,
};

describe('faults A9 row 103: tokens of Entra', () => {
  it.each(Object.entries(good))('accepts %s', async (_name, token) => {
    expect(await verifier()(token)).toMatchObject({ name: application });
  });

  it.each(Object.entries(hostile))('refuses %s with the same 401', async (_name, token) => {
    await expect(verifier()(token)).rejects.toMatchObject({
      answer: { status: 401, code: 'invalid_credential' },
    });
  });

  it('counts enough of both', () => {
    expect(Object.keys(good).length).toBeGreaterThanOrEqual(12);
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(60);
    expect(ecPublic.asymmetricKeyType).toBe('ec');
  });

  it('D2 rule 9: grants roles that it knows by their whole names only', async () => {
    const { roles } = await verifier()(
      changed({ roles: ['Users.Export', 'Users.ReadAll', 'users.read', 'Admin '] }),
    );
    expect([...roles]).toEqual(['Users.Export']);
    expect((await verifier()(without('roles'))).roles.size).toBe(0);
  });

  it('D2 rule 10: reads scopes of users by their whole names, if users are accepted', async () => {
    const verify = verifier({ delegated: true });
    const user = { scp: 'openid Users.Read', idtyp: 'user', azpacr: '0', roles: ['Admin'] };
    const { roles, name } = await verify(changed(user));
    expect([...roles]).toEqual(['Users.Read']);
    expect(name).toMatch(new RegExp(`^${application}/[0-9a-f]{12}$`, 'u'));
    expect((await verify(changed({ ...user, scp: 'Users.ReadAll' }))).roles.size).toBe(0);
    await expect(verify(changed({ ...user, scp: ['Users.Read'] }))).rejects.toThrow();
    await expect(verify(changed({ ...user, idtyp: 'app' }))).rejects.toThrow();
  });

  it('D2 rule 11: accepts the applications of the list only', async () => {
    expect(await verifier({ applications: [application] })(sign())).toBeDefined();
    await expect(verifier({ applications: [otherTenant] })(sign())).rejects.toThrow();
    await expect(verifier({ applications: [otherTenant] })(sign(version1))).rejects.toThrow();
  });

  it('D2 rule 12: a caller is its tenant, object and application; its names do not count', async () => {
    const one = await verifier()(changed({ email: 'ada@contoso.example' }));
    const other = await verifier()(changed({ email: 'eve@contoso.example', upn: 'x', sub: 'y' }));
    expect(one.id).toBe(other.id);
  });

  it.each([
    ['another tenant', `${authority}/${otherTenant}/v2.0`],
    ['another host', `https://attacker.example/${tenant}/v2.0`],
  ])('D2 rule 4: refuses a key that is published for %s', async (_name, issuer) => {
    const verify = verifier({}, [{ ...key.jwk, issuer }]);
    await expect(verify(sign())).rejects.toMatchObject({ answer: { status: 401 } });
  });

  it('D2 rule 4: accepts a key that is published for all tenants', async () => {
    const verify = verifier({}, [{ ...key.jwk, issuer: `${authority}/{tenantid}/v2.0` }]);
    expect(await verify(sign())).toBeDefined();
  });

  it('refuses every token with a changed bit', { timeout: 600_000 }, async () => {
    const verify = verifier();
    // The long form changes each bit of each accepted token: more than 100,000 tokens.
    const isLong = process.env['ROLLCALL_LONG'] === '1';
    const tokens = isLong ? Object.values(good) : [sign()];
    const accepted: string[] = [];
    let refused = 0;
    for (const token of tokens) {
      const bits = token.length * 8;
      // In the short form some bits of all parts, and every bit of the last character of each part.
      for (let bit = 0; bit < bits; bit += 1) {
        const at = Math.floor(bit / 8);
        const isLast = token[at + 1] === '.' || at === token.length - 1;
        if (!isLong && !isLast && bit % 17 !== 0) continue;
        const bytes = Buffer.from(token);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
        const isAccepted = await verify(bytes.toString('latin1')).then(
          () => true,
          () => false,
        );
        if (isAccepted) accepted.push(`bit ${bit % 8} of character ${at} of ${token.length}`);
        else refused += 1;
      }
    }
    expect(accepted).toEqual([]);
    expect(refused).toBeGreaterThan(isLong ? 100_000 : 400);
  });
});
