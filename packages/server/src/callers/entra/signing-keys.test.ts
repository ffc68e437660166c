import { describe, expect, it } from 'vitest';

import { makeKey } from '../testing/test-issuer.ts';
import { createSigningKeys } from './signing-keys.ts';

const minute = 60_000;
const one = makeKey('one');
const two = makeKey('two');

function setUp() {
  const state: { now: number; requests: number; document: unknown } = {
    now: 0,
    requests: 0,
    document: { keys: [one.jwk] },
  };
  const keys = createSigningKeys({
    url: new URL('https://login.example/keys'),
    monotonic: () => state.now,
    async fetchJson() {
      state.requests += 1;
      if (state.document instanceof Error) throw state.document;
      return state.document;
    },
  });
  const find = async (kid: string) =>
    keys.find(kid).then(
      (found) => (found === undefined ? 'unknown' : 'known'),
      () => 'unavailable',
    );
  return { state, find };
}

describe('faults A9 row 103: the keys of a tenant', () => {
  it('10,000 tokens with unknown keys cause one request in five minutes', async () => {
    const { state, find } = setUp();
    await find('one');
    state.now = 6 * minute;
    const found = await Promise.all(
      Array.from({ length: 10_000 }, (_, at) => find(`random-${at}`)),
    );
    expect([new Set(found), state.requests]).toEqual([new Set(['unknown']), 2]);
  });

  it('a new key is found at once, an old one is accepted until it is withdrawn', async () => {
    const { state, find } = setUp();
    await find('one');
    state.now = 6 * minute;
    state.document = { keys: [two.jwk, one.jwk] };
    expect([await find('two'), await find('one')]).toEqual(['known', 'known']);
    state.document = { keys: [two.jwk] };
    state.now += 59 * minute;
    expect(await find('one')).toBe('known');
    state.now += 2 * minute;
    expect([await find('one'), await find('two')]).toEqual(['unknown', 'known']);
  });

  it('the last keys are used for a day while the endpoint is down, then nothing is accepted', async () => {
    const { state, find } = setUp();
    await find('one');
    state.document = new Error('down');
    state.now = 23 * 60 * minute;
    expect(await find('one')).toBe('known');
    const { requests } = state;
    state.now += 1_000;
    expect(await find('one')).toBe('known');
    expect(state.requests).toBe(requests);
    state.now = 25 * 60 * minute;
    expect(await find('one')).toBe('unavailable');
    state.document = { keys: [one.jwk] };
    state.now += minute;
    expect(await find('one')).toBe('known');
  });

  it('is unavailable until the first document was read', async () => {
    const { state, find } = setUp();
    state.document = new Error('down');
    expect(await find('one')).toBe('unavailable');
    expect(await find('one')).toBe('unavailable');
    expect(state.requests).toBe(1);
  });

  it.each([
    ['no object', 'text'],
    ['no keys', {}],
    ['no usable key', { keys: [] }],
    ['a short RSA key', { keys: [makeKey('one', 1_024).jwk] }],
    ['a key for encryption', { keys: [{ ...one.jwk, use: 'enc' }] }],
    ['a key of another kind', { keys: [{ kty: 'oct', kid: 'one', k: 'AAAA' }] }],
    ['a key without a name', { keys: [{ ...one.jwk, kid: undefined }] }],
    ['more keys than a tenant has', { keys: Array.from({ length: 101 }, () => one.jwk) }],
  ])('a document with %s never replaces a valid one', async (_name, document) => {
    const { state, find } = setUp();
    await find('one');
    state.document = document;
    state.now = 61 * minute;
    expect(await find('one')).toBe('known');
    const fresh = setUp();
    fresh.state.document = document;
    expect(await fresh.find('one')).toBe('unavailable');
  });
});
