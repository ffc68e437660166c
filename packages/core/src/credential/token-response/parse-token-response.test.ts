import { describe, expect, it } from 'vitest';

import { createFakeClock } from '../../testing/fake-clock.ts';
import { parseTokenResponse } from './parse-token-response.ts';

const good = { token_type: 'Bearer', expires_in: 3599, access_token: 'ey' };

describe('token response', () => {
  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no access_token', { ...good, access_token: undefined }],
    ['an empty access_token', { ...good, access_token: '' }],
    ['an access_token that is not a string', { ...good, access_token: 1 }],
    ['expires_in 0', { ...good, expires_in: 0 }],
    ['a negative expires_in', { ...good, expires_in: -5 }],
    ['a fraction of a second', { ...good, expires_in: 1.5 }],
    ['no expires_in', { ...good, expires_in: undefined }],
    ['expires_in "soon"', { ...good, expires_in: 'soon' }],
    ['expires_in null', { ...good, expires_in: null }],
    ['a PoP token', { ...good, token_type: 'pop' }],
    ['no token_type', { ...good, token_type: undefined }],
  ])('faults A5 row 50: %s is rejected', (_, reply) => {
    expect(() => parseTokenResponse(reply, createFakeClock())).toThrow(
      expect.objectContaining({ code: 'E_TOKEN_BAD' }),
    );
  });

  it.each([
    [3599, 3599],
    ['3599', 3599],
    [86_399, 86_399],
    [1e12, 86_400],
  ])('faults A5 row 50: expires_in %j means a lifetime of %d s', (stated, life) => {
    const clock = createFakeClock();
    const token = parseTokenResponse({ ...good, expires_in: stated }, clock);
    expect(token.expiresAt - clock.monotonic()).toBe(life * 1000);
    expect(token.expiresOnTimestamp - clock.wall()).toBe(life * 1000);
    expect(token.refreshAt).toBe(token.expiresAt - 300_000);
  });

  it('is refreshed at the time of the service, or after half of a short lifetime', () => {
    const clock = createFakeClock();
    const early = parseTokenResponse({ ...good, expires_in: 86_399, refresh_in: 43_199 }, clock);
    expect(early.refreshAt).toBe(43_199_000);
    expect(parseTokenResponse({ ...good, expires_in: 400 }, clock).refreshAt).toBe(200_000);
    expect(parseTokenResponse({ ...good, refresh_in: 3598 }, clock).refreshAt).toBe(3_299_000);
  });
});
