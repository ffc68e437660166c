import { expect, it } from 'vitest';

import { claimsChallenge } from './claims-challenge.ts';

const claims = '{"access_token":{"nbf":{"essential":true, "value":"1702682181"}}}';
const encoded = (text: string, form: 'base64' | 'base64url' = 'base64'): string =>
  Buffer.from(text).toString(form);
const bearer = (value: string): string => `Bearer error="insufficient_claims", claims="${value}"`;

it.each([
  ['base64', bearer(encoded(claims))],
  ['base64url', bearer(encoded(claims, 'base64url'))],
  [
    'parameters in another order, one unquoted',
    `Bearer claims="${encoded(claims)}", authorization_uri=https://login.example/common, realm="", error="insufficient_claims"`,
  ],
  [
    'another scheme before it',
    `PoP nonce="a, b", error="insufficient_claims", ${bearer(encoded(claims))}`,
  ],
  [
    'another Bearer before it',
    `Bearer realm="x", error="invalid_token", ${bearer(encoded(claims))}`,
  ],
  ['an escaped quote before it', `Bearer realm="a\\"b", ${bearer(encoded(claims)).slice(7)}`],
])('faults A5 row 45: reads the claims from a header with %s', (_name, header) => {
  expect(claimsChallenge(header)).toBe(claims);
});

it.each([
  ['nothing', undefined],
  ['no challenge', ''],
  ['another error', `Bearer error="invalid_token", claims="${encoded(claims)}"`],
  ['another scheme', `PoP error="insufficient_claims", claims="${encoded(claims)}"`],
  ['no claims', 'Bearer error="insufficient_claims"'],
  ['claims that are not JSON', bearer(encoded('{"a"'))],
  ['claims that are not an object', bearer(encoded('["a"]'))],
  ['claims over 8 kB', bearer(encoded(`{"a":"${'x'.repeat(9000)}"}`))],
  ['noise', '=,"",,,Bearer=,"'],
])('faults A5 row 46: finds no claims in %s', (_name, header) => {
  expect(claimsChallenge(header)).toBeUndefined();
});

it.each([
  ['quotes that are never closed', 'Bearer ' + 'a="b '.repeat(6_000)],
  ['backslashes', `Bearer a="${'\\'.repeat(30_000)}`],
  ['commas', `Bearer ${','.repeat(30_000)}`],
  ['equal signs', `Bearer ${'='.repeat(30_000)}`],
  ['schemes', 'Bearer '.repeat(4_500)],
  ['blanks', `Bearer${' '.repeat(30_000)}x`],
  ['a megabyte', `Bearer claims="${'a'.repeat(1_000_000)}"`],
])('a long header of %s is read in a short time', (_, header) => {
  const start = performance.now();
  expect(claimsChallenge(header)).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2_000);
});
