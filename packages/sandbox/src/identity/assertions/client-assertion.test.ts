import { createPrivateKey, randomUUID } from 'node:crypto';

import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';

import { thumbprint } from '../../tls/thumbprint.ts';
import { makeRsaPair } from '../tokens/rsa-pair.ts';
import {
  call,
  graphScope,
  identityUnderTest,
  json,
  origin,
  tenant,
  tokenPath,
} from '../testing/identity-under-test.ts';

let entra: Awaited<ReturnType<typeof identityUnderTest>>;
beforeAll(async () => {
  entra = await identityUnderTest();
});

interface Changes {
  readonly claims?: JWTPayload;
  readonly header?: Record<string, string | undefined>;
  readonly key?: Parameters<SignJWT['sign']>[0];
}

function assertion({ claims, header, key }: Changes = {}): Promise<string> {
  const { clientId, certificate, privateKey } = entra.certificateClient;
  const now = entra.time.now / 1000;
  return new SignJWT({
    aud: `${origin}${tokenPath}`,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: now,
    exp: now + 600,
    ...claims,
  })
    .setProtectedHeader({
      alg: 'PS256',
      typ: 'JWT',
      'x5t#S256': thumbprint(certificate, 'sha256').toString('base64url'),
      ...header,
    })
    .sign(key ?? createPrivateKey(privateKey));
}

function present(client_assertion: string) {
  return entra.handle(
    call('POST', tokenPath, {
      grant_type: 'client_credentials',
      client_id: entra.certificateClient.clientId,
      scope: graphScope,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion,
    }),
  );
}

describe('a certificate assertion', () => {
  it('is accepted as PS256 with x5t#S256, and the token says so', async () => {
    const answer = await present(await assertion());
    expect(answer.status).toBe(200);
    expect(decodeJwt(String(json(answer)['access_token']))).toMatchObject({ appidacr: '2' });
  });

  it('is accepted as RS256 with x5t, as the quickstart makes it', async () => {
    const x5t = thumbprint(entra.certificateClient.certificate, 'sha1').toString('base64url');
    const answer = await present(
      await assertion({ header: { alg: 'RS256', 'x5t#S256': undefined, x5t } }),
    );
    expect(answer.status).toBe(200);
  });

  it('may name the tenant by its domain in its audience', async () => {
    const aud = `${origin}/${tenant.domains[0]}/oauth2/v2.0/token`;
    expect((await present(await assertion({ claims: { aud } }))).status).toBe(200);
  });

  it.each<[string, number, () => Changes]>([
    ['another audience', 700023, () => ({ claims: { aud: 'https://attacker.example/token' } })],
    ['another subject', 700021, () => ({ claims: { sub: randomUUID() } })],
    ['an end that has passed', 700024, () => ({ claims: { exp: entra.time.now / 1000 - 301 } })],
    ['a start far ahead', 700024, () => ({ claims: { nbf: entra.time.now / 1000 + 301 } })],
    ['no end', 700024, () => ({ claims: { exp: undefined as never } })],
    ['no id', 50027, () => ({ claims: { jti: undefined as never } })],
    ['an unknown thumbprint', 700027, () => ({ header: { 'x5t#S256': 'AAAA' } })],
    ['no thumbprint', 700027, () => ({ header: { 'x5t#S256': undefined } })],
  ])('is refused with %s: %i', async (_, code, changes) => {
    const answer = await present(await assertion(changes()));
    expect(json(answer)).toMatchObject({ error_codes: [code] });
  });

  it('is refused when another key signed it', async () => {
    const { privateKey } = await makeRsaPair();
    const answer = await present(await assertion({ key: privateKey }));
    expect(answer.status).toBe(401);
    expect(json(answer)['error_description']).toMatch(/^AADSTS700027: .*signature validation/u);
  });

  it('is refused when it was changed after signing', async () => {
    const [header, , signature] = (await assertion()).split('.');
    const [, payload] = (await assertion({ claims: { jti: 'other' } })).split('.');
    const answer = await present(`${header}.${payload}.${signature}`);
    expect(json(answer)).toMatchObject({ error_codes: [700027] });
  });

  it('is refused unsigned, or as anything but a JWT', async () => {
    const [, payload] = (await assertion()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(json(await present(`${none}.${payload}.`))).toMatchObject({ error_codes: [50027] });
    expect(json(await present('not-a-jwt'))).toMatchObject({ error_codes: [50027] });
  });

  it('is refused when its certificate has expired', async () => {
    const before = entra.time.now;
    entra.time.now += 366 * 86_400_000;
    expect(json(await present(await assertion()))).toMatchObject({ error_codes: [1000502] });
    entra.time.now = before;
  });

  it('may be sent again, and is counted; or is refused if the tenant is configured so', async () => {
    const same = await assertion();
    const before = entra.assertionLog.replays;
    expect((await present(same)).status).toBe(200);
    expect((await present(same)).status).toBe(200);
    expect(entra.assertionLog.replays).toBe(before + 1);

    const lenient = entra;
    entra = await identityUnderTest({ refuseReplays: true });
    const once = await assertion();
    expect((await present(once)).status).toBe(200);
    expect(json(await present(once))).toMatchObject({ error_codes: [70000] });
    entra = lenient;
  });
});
