import { describe, expect, it } from 'vitest';

import { NetworkError } from '../../errors/network-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { Secret } from '../../secret.ts';
import { createCredential } from '../create-credential.ts';
import { createFakePlatform, scopes, type Answer } from '../testing/fake-platform.ts';

const endpoint = { host: 'login.microsoftonline.com', port: 443 };
const html: Answer = { status: 503, body: '<html>', headers: { 'content-type': 'text/html' } };

function setUp(...answers: Answer[]) {
  const platform = createFakePlatform();
  platform.next(...answers);
  const credential = createCredential(
    { kind: 'client-secret', secret: new Secret('s') },
    platform.context,
  );
  return { platform, request: () => credential.requestToken({ scopes }) };
}

describe('retries of token requests', () => {
  it.each<[string, Answer]>([
    ['429', { status: 429 }],
    ['503 with HTML', html],
    ['500 with an OAuth error', { status: 500, body: { error: 'server_error' } }],
    ['200 with HTML', { body: '<html>' }],
    ['a reset', new NetworkError(endpoint, 'ECONNRESET')],
    ['a hang', new TimeoutError(endpoint, 'total', 30_000)],
  ])('faults A5 row 49: %s is retried', async (_, answer) => {
    const { platform, request } = setUp(answer);
    expect((await request()).token.reveal()).toBe('token-1');
    expect(platform.requests).toHaveLength(2);
    expect(platform.clock.sleeps).toHaveLength(1);
  });

  it('faults A5 row 49: Retry-After is the minimum wait', async () => {
    const { platform, request } = setUp({ status: 429, headers: { 'retry-after': '7' } });
    await request();
    expect(platform.clock.sleeps[0]).toBeGreaterThanOrEqual(7000);
  });

  it('faults A5 row 49: a Retry-After beyond the limit fails at once, with status and wait', async () => {
    const { platform, request } = setUp({ status: 429, headers: { 'retry-after': '9999' } });
    await expect(request()).rejects.toMatchObject({
      code: 'E_THROTTLED',
      status: 429,
      retryAfter: 9_999_000,
    });
    expect(platform.requests).toHaveLength(1);
  });

  it('faults A5 row 49: the call after a failed call is sent and fails with its own error', async () => {
    const { platform, request } = setUp(...Array.from({ length: 8 }, () => html));
    await expect(request()).rejects.toMatchObject({ code: 'E_UNAVAILABLE', status: 503 });
    expect(platform.requests).toHaveLength(8);
    expect((await request()).token.reveal()).toBe('token-1');
    expect(platform.requests).toHaveLength(9);
  });

  it.each([
    [401, 'invalid_client'],
    [400, 'unauthorized_client'],
    [400, 'invalid_scope'],
    [400, 'invalid_resource'],
    [400, 'invalid_request'],
  ])('faults A5 row 51: %d %s is not retried', async (status, error) => {
    const { platform, request } = setUp({ status, body: { error } });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_REFUSED', status, error });
    expect(platform.requests).toHaveLength(1);
    expect(platform.clock.sleeps).toHaveLength(0);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no token', { token_type: 'Bearer', expires_in: 3599 }],
    ['an empty one', { token_type: 'Bearer', expires_in: 3599, access_token: '' }],
    ['no lifetime', { token_type: 'Bearer', expires_in: 0, access_token: 't' }],
  ])('faults A5 row 50: a response with %s is rejected', async (_, body) => {
    const { platform, request } = setUp({ body });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_BAD' });
    expect(platform.requests).toHaveLength(1);
  });

  it('faults A2 row 31: a redirect is not followed', async () => {
    const { platform, request } = setUp({
      status: 307,
      headers: { location: 'https://hostile.example/' },
    });
    await expect(request()).rejects.toMatchObject({ code: 'E_REDIRECT' });
    expect(platform.requests).toHaveLength(1);
  });

  it('does not change errors of the network', async () => {
    const { request } = setUp(
      ...Array.from({ length: 8 }, () => new NetworkError(endpoint, 'ECONNREFUSED')),
    );
    await expect(request()).rejects.toMatchObject({ code: 'E_NETWORK', reason: 'ECONNREFUSED' });
  });

  it('stops waiting when it is aborted', async () => {
    const { platform } = setUp();
    platform.next({ status: 503 });
    const stop = new AbortController();
    const credential = createCredential(
      { kind: 'client-secret', secret: new Secret('s') },
      {
        ...platform.context,
        ports: {
          ...platform.ports,
          clock: {
            ...platform.clock,
            sleep: (ms, signal) => {
              stop.abort(new Error('enough'));
              return platform.clock.sleep(ms, signal);
            },
          },
        },
      },
    );
    await expect(credential.requestToken({ scopes, signal: stop.signal })).rejects.toThrow(
      'enough',
    );
    expect(platform.requests).toHaveLength(1);
  });
});
