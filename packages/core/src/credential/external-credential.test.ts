import { describe, expect, it } from 'vitest';

import { createFakePlatform, scopes } from './testing/fake-platform.ts';
import { externalCredential, type TokenCredential } from './external-credential.ts';

const { clock } = createFakePlatform();

function open(getToken: TokenCredential['getToken']) {
  return externalCredential({ getToken }, clock);
}

describe('a TokenCredential of another library', () => {
  it('gets scopes and claims, and its expiry is used', async () => {
    const asked: unknown[] = [];
    const token = await open(async (...call) => {
      asked.push(call);
      return { token: 'theirs', expiresOnTimestamp: clock.wall() + 3_600_000 };
    }).requestToken({ scopes, claims: '{}' });
    expect(asked).toEqual([[scopes, { enableCae: true, claims: '{}' }]]);
    expect(token.token.reveal()).toBe('theirs');
    expect(token.expiresAt - clock.monotonic()).toBe(3_600_000);
    expect(token.expiresAt - token.refreshAt).toBe(300_000);
  });

  it.each([
    ['nothing', null],
    ['an empty token', { token: '', expiresOnTimestamp: clock.wall() + 1e6 }],
    ['an expired token', { token: 'x', expiresOnTimestamp: clock.wall() - 1 }],
    ['a token without end', { token: 'x', expiresOnTimestamp: Number.NaN }],
  ])('is rejected when it returns %s', async (_, given) => {
    await expect(open(async () => given).requestToken({ scopes })).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
    });
  });

  it('fails with its error as cause, without the secrets in its text', async () => {
    const error = Object.assign(new TypeError('no luck: client_secret=canary'), {
      code: 'invalid_client',
    });
    const failing = open(() => Promise.reject(error));
    await expect(failing.requestToken({ scopes })).rejects.toMatchObject({
      code: 'E_CREDENTIAL',
      cause: {
        name: 'TypeError',
        message: 'no luck: client_secret=[redacted]',
        code: 'invalid_client',
      },
    });
  });
});
