import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import type { Credential } from '../credential/credential.ts';
import type { Log } from '../events.ts';
import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createAccessToken } from '../credential/token-response/parse-token-response.ts';
import { sealToken, unsealToken } from './sealed-token.ts';
import { createSharedTokenProvider } from './shared-token-provider.ts';
import type { Store } from '../store/store.ts';

const owner = {
  authority: new URL('https://login.microsoftonline.com/'),
  tenant: 't',
  clientId: 'c',
};
const scopes = ['s'];

function setUp(changes: { proof?: string | undefined; broken?: boolean } = {}) {
  const clock = createFakeClock();
  const warnings: string[] = [];
  const entries = new Map<string, Uint8Array>();
  const state = { posts: 0, down: false };
  const store: Store = {
    kind: 'test',
    read: async (key) => {
      if (changes.broken === true) throw new Error('store is down');
      return entries.get(key);
    },
    exclusively: async (_, work) =>
      work({
        read: async (key) => entries.get(key),
        write: async (key, sealed) => void entries.set(key, sealed),
      }),
    async [Symbol.asyncDispose]() {},
  };
  const log: Log = (event) => void warnings.push(event);
  function open(proof: string | undefined = 'proof', kind = 'client-secret') {
    const credential: Credential = {
      kind,
      async requestToken() {
        state.posts += 1;
        if (state.down) throw new TokenEndpointError({ status: 503 });
        return createAccessToken(`token-${state.posts}`, 3600, undefined, clock);
      },
      sealingSecret: async () => (proof === '' ? undefined : Buffer.from(proof)),
    };
    return createSharedTokenProvider(credential, store, owner, { clock, log });
  }
  return { clock, entries, state, warnings, open };
}

describe('shared provider', () => {
  it('asks the service once for all processes, and knows how long the token has left', async () => {
    const { clock, state, open } = setUp();
    const first = await open().requestToken({ scopes });
    clock.advance(600_000);
    const second = await open().requestToken({ scopes });
    expect(second.token.reveal()).toBe(first.token.reveal());
    expect(second.expiresAt).toBe(first.expiresAt);
    expect(second.refreshAt).toBe(first.refreshAt);
    expect(state.posts).toBe(1);
  });

  it('keeps nothing that is readable without the proof', async () => {
    const { entries, state, open } = setUp();
    const { token } = await open().requestToken({ scopes });
    const [sealed] = entries.values();
    expect(Buffer.from(sealed ?? []).toString('latin1')).not.toContain(token.reveal());
    await open('another proof').requestToken({ scopes });
    expect(state.posts).toBe(2);
  });

  it('keeps nothing for a credential without a secret of its own', async () => {
    const { entries, state, open, warnings } = setUp();
    const provider = open('');
    await provider.requestToken({ scopes });
    await provider.requestToken({ scopes });
    expect(warnings).toEqual(['token-cache-unused']);
    expect(state.posts).toBe(2);
    expect(entries.size).toBe(0);
  });

  it('keeps scopes and kinds of credential apart', async () => {
    const { state, open } = setUp();
    await open().requestToken({ scopes });
    await open().requestToken({ scopes: ['other'] });
    await open('proof', 'client-certificate').requestToken({ scopes });
    expect(state.posts).toBe(3);
  });

  it('does not give a rejected token again, nor any to a claims challenge', async () => {
    const { state, open } = setUp();
    const rejected = await open().requestToken({ scopes });
    expect((await open().requestToken({ scopes, rejected })).token.reveal()).toBe('token-2');
    await open().requestToken({ scopes, claims: '{}' });
    expect(state.posts).toBe(3);
    expect((await open().requestToken({ scopes })).token.reveal()).toBe('token-3');
  });

  it('renews what is due, and bridges an outage with what is still good', async () => {
    const { clock, state, warnings, open } = setUp();
    await open().requestToken({ scopes });
    clock.advance(3_400_000);
    state.down = true;
    expect((await open().requestToken({ scopes })).token.reveal()).toBe('token-1');
    expect(warnings).toEqual(['token-cache-failed']);
    state.down = false;
    expect((await open().requestToken({ scopes })).token.reveal()).toBe('token-3');
    clock.advance(3_580_000);
    state.down = true;
    await expect(open().requestToken({ scopes })).rejects.toMatchObject({ code: 'E_UNAVAILABLE' });
  });

  it('goes on without a store that fails', async () => {
    const { state, warnings, open } = setUp({ broken: true });
    expect((await open().requestToken({ scopes })).token.reveal()).toBe('token-1');
    expect(warnings).toEqual(['token-cache-failed']);
    expect(state.posts).toBe(1);
  });
});

describe('sealed token', () => {
  const clock = createFakeClock();
  const proof = randomBytes(32);
  const token = createAccessToken('canary', 3600, undefined, clock);

  it('opens for its own proof and place only', () => {
    const sealed = sealToken(token, proof, 'key');
    expect(unsealToken(sealed, proof, 'key', clock)?.token.reveal()).toBe('canary');
    expect(unsealToken(sealed, randomBytes(32), 'key', clock)).toBeUndefined();
    expect(unsealToken(sealed, proof, 'other', clock)).toBeUndefined();
  });

  it('is never the same twice', () => {
    expect(sealToken(token, proof, 'key')).not.toEqual(sealToken(token, proof, 'key'));
  });

  it('opens no more when any byte is changed or missing', () => {
    const sealed = sealToken(token, proof, 'key');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed, (byte, at) => (at === index ? byte ^ 1 : byte));
      expect(unsealToken(changed, proof, 'key', clock)).toBeUndefined();
      expect(unsealToken(sealed.subarray(0, index), proof, 'key', clock)).toBeUndefined();
    }
  });
});
