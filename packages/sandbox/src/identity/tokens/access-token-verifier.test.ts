import { randomUUID } from 'node:crypto';

import { SignJWT } from 'jose';
import { beforeAll, expect, it } from 'vitest';

import { makeRsaPair } from './rsa-pair.ts';
import { signingKey } from './signing-key.ts';
import { identityUnderTest, json } from '../testing/identity-under-test.ts';

let entra: Awaited<ReturnType<typeof identityUnderTest>>;
beforeAll(async () => {
  entra = await identityUnderTest({
    resources: [{ identifiers: ['api://roll'], audience: randomUUID(), tokenVersion: 2 }],
  });
});

async function bearer(changes: Record<string, string> = {}): Promise<string> {
  return `Bearer ${String(json(await entra.ask(changes))['access_token'])}`;
}

it('accepts a token that it issued, with its application and roles', async () => {
  const token = await bearer();
  const verdict = await entra.verify(token);
  expect(verdict).toMatchObject({
    valid: true,
    appId: entra.secretClient.clientId,
    roles: ['User.Read.All'],
  });
});

it('answers without a promise for a token that it has seen', async () => {
  const token = await bearer();
  await entra.verify(token);
  expect(entra.verify(token)).not.toBeInstanceOf(Promise);
});

it('refuses by reason', async () => {
  const good = await bearer();
  const otherIssuer = signingKey(await makeRsaPair());
  const forged = await new SignJWT({ aud: 'https://graph.microsoft.com', exp: 9e9, nbf: 0 })
    .setProtectedHeader({ alg: 'RS256', kid: entra.keys.current[0]?.kid ?? '' })
    .sign(otherIssuer.privateKey);
  const reasons = await Promise.all(
    [
      undefined,
      'Bearer ',
      'Basic abc',
      'Bearer abc',
      `${good.slice(0, -6)}AAAAAA`,
      `Bearer ${forged}`,
      await bearer({ scope: 'api://roll/.default' }),
    ].map(async (header) => entra.verify(header)),
  );
  expect(reasons.map((verdict) => (verdict.valid ? 'valid' : verdict.reason))).toEqual([
    'empty',
    'empty',
    'empty',
    'malformed',
    'signature',
    'signature',
    'audience',
  ]);
});

it('refuses a token that it accepted before, once it has expired', async () => {
  const token = await bearer();
  expect(await entra.verify(token)).toMatchObject({ valid: true });
  entra.time.now += 3_600_000;
  expect(await entra.verify(token)).toEqual({ valid: false, reason: 'expired' });
  entra.time.now -= 3_600_000;
});

it('refuses a token that it accepted before, once its key is withdrawn', async () => {
  const token = await bearer();
  expect(await entra.verify(token)).toMatchObject({ valid: true });
  entra.keys.current = [signingKey(await makeRsaPair())];
  expect(await entra.verify(token)).toEqual({ valid: false, reason: 'signature' });
});
