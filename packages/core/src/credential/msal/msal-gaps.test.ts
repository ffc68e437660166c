import { inspect } from 'node:util';

import {
  ConfidentialClientApplication,
  type INetworkModule,
  type NetworkResponse,
} from '@azure/msal-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { NetworkError } from '../../errors/network-error.ts';
import { Secret } from '../../secret.ts';
import { sealToken, unsealToken } from '../../token/sealed-token.ts';
import { createTokenSource } from '../../token/token-source.ts';
import { createCredential } from '../create-credential.ts';
import { clientId, createFakePlatform, scopes, tenant } from '../testing/fake-platform.ts';

/**
 * What MSAL Node 7.2.1 does by itself, shown on MSAL itself, and what comes of it under our network module and
 * token source. When one of the first halves fails, MSAL has closed the gap and some of our code may go.
 */
const secret = 'canary-s3cret-value';

interface Stub {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
}

function bareMsal(answer: () => Stub | Promise<Stub>) {
  const posts: string[] = [];
  async function send<T>(url: string): Promise<NetworkResponse<T>> {
    posts.push(url);
    await new Promise((resolve) => setImmediate(resolve));
    const { status = 200, headers = {}, body } = await answer();
    return { status, headers, body: structuredClone(body) as T };
  }
  const networkClient: INetworkModule = { sendGetRequestAsync: send, sendPostRequestAsync: send };
  const authority = `https://login.microsoftonline.com/${tenant}/`;
  const application = new ConfidentialClientApplication({
    auth: { clientId, authority, clientSecret: secret },
    system: { networkClient },
  });
  const get = (): Promise<unknown> =>
    application
      .acquireTokenByClientCredential({ scopes: [...scopes] })
      .then((result) => result?.accessToken);
  return { posts, application, get };
}

function ours() {
  const platform = createFakePlatform();
  const credential = createCredential(
    { kind: 'client-secret', secret: new Secret(secret) },
    platform.context,
  );
  const source = createTokenSource(credential, platform.ports);
  const get = async () => (await source.getToken({ scopes })).token.reveal();
  return { ...platform, credential, source, get };
}

function refuseConnection(): never {
  throw new Error('connect ECONNREFUSED');
}

const token = { token_type: 'Bearer', expires_in: 3599, access_token: 'token-1' };

describe('faults section 0', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 12) });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('4: MSAL sends concurrent requests for the same token; the token source sends one', async () => {
    const bare = bareMsal(() => ({ body: token }));
    await Promise.all(Array.from({ length: 100 }, () => bare.get()));
    expect(bare.posts).toHaveLength(100);

    const own = ours();
    await Promise.all(Array.from({ length: 100 }, () => own.get()));
    expect(own.requests).toHaveLength(1);
  });

  it('5: MSAL repeats an earlier error without code and status; the credential sends a new request', async () => {
    let status = 429;
    const bare = bareMsal(() => ({ status, body: status === 200 ? token : { error: 'x' } }));
    await bare.get().catch(() => undefined);
    status = 200;
    await expect(bare.get()).rejects.toMatchObject({ errorCode: '', status: undefined });
    expect(bare.posts).toHaveLength(1);

    const own = ours();
    own.next({ status: 429, headers: { 'retry-after': '999' } });
    await expect(own.get()).rejects.toMatchObject({ code: 'E_THROTTLED', status: 429 });
    expect(await own.get()).toBe('token-1');
    expect(own.requests).toHaveLength(2);
  });

  it('6: MSAL accepts a response without a token; the credential rejects it', async () => {
    expect(await bareMsal(() => ({ body: {} })).get()).toBe('');

    const own = ours();
    own.next({ body: {} });
    await expect(own.get()).rejects.toMatchObject({ code: 'E_TOKEN_BAD' });
  });

  it('6: MSAL accepts a negative lifetime; the credential rejects it', async () => {
    expect(await bareMsal(() => ({ body: { ...token, expires_in: -5 } })).get()).toBe('token-1');

    const own = ours();
    own.next({ body: { ...token, expires_in: -5 } });
    await expect(own.get()).rejects.toMatchObject({ code: 'E_TOKEN_BAD' });
  });

  it('6: MSAL accepts the 503 of a gateway as an empty token; the credential retries', async () => {
    expect(await bareMsal(() => ({ status: 503, body: {} })).get()).toBe('');

    const own = ours();
    own.next({ status: 503, body: '{}' });
    expect(await own.get()).toBe('token-1');
    expect(own.requests).toHaveLength(2);
  });

  it('7: MSAL follows redirects with the secret and has no timeout; the network module does not follow them and has one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const sent: RequestInit[] = [];
    let timers: number | undefined;
    vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
      sent.push(init);
      timers = vi.getTimerCount();
      return Promise.resolve(Response.json(token));
    });
    const authority = `https://login.microsoftonline.com/${tenant}/`;
    const application = new ConfidentialClientApplication({
      auth: { clientId, authority, clientSecret: secret },
    });
    await application.acquireTokenByClientCredential({ scopes: [...scopes] });
    expect(sent[0]?.body).toContain(secret);
    expect(sent[0]?.redirect ?? 'follow').toBe('follow');
    expect(timers).toBe(0);

    const own = ours();
    own.next({ status: 307, headers: { location: 'https://hostile.example/' } });
    await expect(own.get()).rejects.toMatchObject({ code: 'E_REDIRECT' });
    expect(own.requests).toHaveLength(1);
    expect(own.requests[0]?.timeout).toBe(30_000);
  });

  it('7: MSAL discards status and Retry-After of an HTML page; the credential waits for Retry-After', async () => {
    const page = '<html>busy</html>';
    vi.stubGlobal('fetch', () =>
      Promise.resolve(new Response(page, { status: 503, headers: { 'retry-after': '7' } })),
    );
    const authority = `https://login.microsoftonline.com/${tenant}/`;
    const application = new ConfidentialClientApplication({
      auth: { clientId, authority, clientSecret: secret },
    });
    const error: unknown = await application
      .acquireTokenByClientCredential({ scopes: [...scopes] })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect((error as { status?: unknown }).status).not.toBe(503);
    expect(inspect(error)).not.toMatch(/\b7\b|retry-after/iu);

    const own = ours();
    own.next({ status: 503, headers: { 'retry-after': '7' }, body: page });
    expect(await own.get()).toBe('token-1');
    expect(own.clock.sleeps.at(0)).toBeGreaterThanOrEqual(7_000);
  });

  it('7: MSAL hides the cause of a network error; the credential reports it', async () => {
    const error: unknown = await bareMsal(refuseConnection)
      .get()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ errorCode: 'network_error' });
    expect(error).not.toHaveProperty('cause');
    expect(String(error)).not.toContain('ECONNREFUSED');

    const own = ours();
    const reset = new NetworkError(
      { host: 'login.microsoftonline.com', port: 443 },
      'ECONNREFUSED',
    );
    own.next(...Array.from({ length: 8 }, () => reset));
    await expect(own.get()).rejects.toBe(reset);
  });

  it('8: MSAL shows the secret in inspect; the credential does not', async () => {
    const bare = bareMsal(() => ({ body: token }));
    expect(inspect(bare.application, { depth: 6 })).toContain(secret);

    const own = ours();
    own.next({ status: 401, body: { error: 'invalid_client' } });
    const error: unknown = await own.get().catch((caught: unknown) => caught);
    const held = await own.source.getToken({ scopes });
    for (const shown of [own.credential, own.source, error, held])
      for (const text of [
        inspect(shown, { depth: 10, showHidden: true }),
        JSON.stringify(shown),
        String(shown),
      ]) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(held.token.reveal());
      }
  });

  it('8: MSAL serializes its token cache unencrypted; the shared token cache is encrypted', async () => {
    const bare = bareMsal(() => ({ body: token }));
    await bare.get();
    expect(bare.application.getTokenCache().serialize()).toContain(token.access_token);

    const own = ours();
    const held = await own.source.getToken({ scopes });
    const sealed = sealToken(held, Buffer.from(secret), 'entry');
    expect(Buffer.from(sealed).toString('latin1')).not.toContain(held.token.reveal());
    expect(unsealToken(sealed, Buffer.from(secret), 'entry', own.ports.clock)?.token.reveal()).toBe(
      held.token.reveal(),
    );
  });

  it('MSAL fails when an early refresh fails; the token source returns the valid token', async () => {
    let down = false;
    const bare = bareMsal(() => {
      if (down) throw new Error('down');
      return { body: { ...token, expires_in: 7200, refresh_in: 1800 } };
    });
    await bare.get();
    down = true;
    vi.setSystemTime(Date.now() + 3_600_000);
    await expect(bare.get()).rejects.toMatchObject({ errorCode: 'network_error' });

    const own = ours();
    own.next({ body: { ...token, expires_in: 7200, refresh_in: 1800 } });
    await own.get();
    own.clock.advance(3_600_000);
    own.next({ status: 401, body: { error: 'invalid_client' } });
    expect(await own.get()).toBe('token-1');
    await vi.waitFor(() => {
      expect(own.events.map(({ event }) => event)).toContain('token-refresh-failed');
    });
    expect(own.requests).toHaveLength(2);
  });

  it('MSAL fails for a minute after a 503 to an early refresh; the token source returns the valid token and retries', async () => {
    let status = 200;
    const bare = bareMsal(() => ({
      status,
      body: status === 200 ? { ...token, expires_in: 7200, refresh_in: 1800 } : { error: 'x' },
    }));
    await bare.get();
    status = 503;
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(await bare.get()).toBe('token-1');
    const asked = bare.posts.length;
    await expect(bare.get()).rejects.toMatchObject({ errorCode: '', status: undefined });
    expect(bare.posts).toHaveLength(asked);

    const own = ours();
    own.next({ body: { ...token, expires_in: 7200, refresh_in: 1800 } });
    await own.get();
    own.clock.advance(3_600_000);
    own.answerAlways({ status: 503, body: { error: 'x' } });
    expect(await own.get()).toBe('token-1');
    await vi.waitFor(() => {
      expect(own.events.map(({ event }) => event)).toContain('token-refresh-failed');
    });
    const before = own.requests.length;
    own.clock.advance(3_000);
    expect(await own.get()).toBe('token-1');
    await vi.waitFor(() => expect(own.requests.length).toBeGreaterThan(before));
  });

  it('MSAL requests a token with a lifetime under five minutes for every call; the token source requests it once', async () => {
    const body = { ...token, expires_in: 299 };
    const bare = bareMsal(() => ({ body }));
    await bare.get();
    await bare.get();
    expect(bare.posts).toHaveLength(2);

    const own = ours();
    own.next({ body });
    await own.get();
    expect(await own.get()).toBe('token-1');
    expect(own.requests).toHaveLength(1);
  });

  it('MSAL delays the caller during an early refresh; the token source refreshes in the background', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    let gate: Promise<undefined> | undefined;
    const body = { ...token, expires_in: 7200, refresh_in: 1800 };
    const bare = bareMsal(async () => {
      await gate;
      return { body };
    });
    await bare.get();
    gate = promise;
    vi.setSystemTime(Date.now() + 3_600_000);
    const waiting = bare.get();
    const first = await Promise.race([
      waiting.then(() => 'served'),
      new Promise((done) => setTimeout(done, 50, 'still waiting')),
    ]);
    expect(first).toBe('still waiting');
    resolve(undefined);
    await waiting;

    const own = ours();
    own.next({ body });
    await own.get();
    own.clock.advance(3_600_000);
    own.next(async () => {
      await new Promise(() => undefined);
      return { body };
    });
    expect(await own.get()).toBe('token-1');
  });

  it('MSAL returns a token that the API has just rejected; the token source requests a new one', async () => {
    const bare = bareMsal(() => ({ body: token }));
    await bare.get();
    await bare.get();
    expect(bare.posts).toHaveLength(1);

    const own = ours();
    own.source.reject(await own.source.getToken({ scopes }));
    expect(await own.get()).toBe('token-2');
  });
});
