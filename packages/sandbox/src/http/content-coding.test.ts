import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { expect, it } from 'vitest';

import { chooseCoding, encode } from './content-coding.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['identity', undefined],
  ['gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['GZIP;q=0.5', 'gzip'],
  ['gzip;q=0, br;q=0.000', undefined],
])('chooses for Accept-Encoding %s: %s', (accepted, coding) => {
  expect(chooseCoding(accepted)).toBe(coding);
});

it('encodes so that it can be decoded, and leaves small bodies alone', async () => {
  const body = Buffer.alloc(5_000, 'Zoë ');
  expect(gunzipSync((await encode(body, 'gzip')).body)).toEqual(body);
  expect(brotliDecompressSync((await encode(body, 'br')).body)).toEqual(body);
  const small = Buffer.alloc(100);
  expect(await encode(small, 'gzip')).toEqual({ body: small });
});
