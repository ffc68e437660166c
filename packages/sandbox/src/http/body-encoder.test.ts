import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { createBodyEncoder } from './body-encoder.ts';

const page = (text: string): Buffer => Buffer.from(`${'head '.repeat(500)}${text.repeat(500)}`);

test('a body is compressed once for each coding', async () => {
  const encode = createBodyEncoder();
  const first = await encode(page('Zoë'), 'gzip');
  expect(gunzipSync(first.body)).toEqual(page('Zoë'));
  expect((await encode(page('Zoë'), 'gzip')).body).toBe(first.body);
  const brotli = await encode(page('Zoë'), 'br');
  expect(brotliDecompressSync(brotli.body)).toEqual(page('Zoë'));
});

test.each(['Zoe', 'Zoo', 'ëoZ', 'Zoë '])(
  'a body that differs in "%s" is another one',
  async (text) => {
    const encode = createBodyEncoder();
    await encode(page('Zoë'), 'br');
    expect(brotliDecompressSync((await encode(page(text), 'br')).body)).toEqual(page(text));
  },
);

test('the bodies that were used least recently are forgotten when the memory is full', async () => {
  const size = (await createBodyEncoder()(page('a'), 'gzip')).body.length;
  const encode = createBodyEncoder(size * 2 + 4);
  const [a, b] = [await encode(page('a'), 'gzip'), await encode(page('b'), 'gzip')];
  expect((await encode(page('a'), 'gzip')).body).toBe(a.body);
  await encode(page('c'), 'gzip');
  expect((await encode(page('a'), 'gzip')).body).toBe(a.body);
  expect((await encode(page('b'), 'gzip')).body).not.toBe(b.body);
});

test('a body that nothing compresses, and one without a coding, are returned as they are', async () => {
  const encode = createBodyEncoder();
  const small = Buffer.from('small');
  expect((await encode(small, 'gzip')).body).toBe(small);
  const large = page('a');
  expect(await encode(large, undefined)).toEqual({ body: large });
});
