import { expect, test } from 'vitest';

import { createBodyBuffers } from './body-buffers.ts';

test('a buffer that was given back is used again for a body of about its size', () => {
  const buffers = createBodyBuffers();
  const first = buffers.take(300_000);
  expect(first.length).toBeGreaterThanOrEqual(300_000);
  expect(buffers.take(300_000) === first).toBe(false);
  buffers.release(first);
  expect(buffers.take(280_000) === first).toBe(true);
  buffers.release(first);
  expect(buffers.take(100_000) === first).toBe(false);
  expect(buffers.take(600_000) === first).toBe(false);
});

test.each([1, 1_000, 5_000_000])('buffers of %i bytes are not kept', (size) => {
  const buffers = createBodyBuffers();
  const first = buffers.take(size);
  expect(first.length).toBe(size);
  buffers.release(first);
  expect(buffers.take(size) === first).toBe(false);
});

test('a buffer of another size than any that was taken is ignored', () => {
  const buffers = createBodyBuffers();
  const foreign = Buffer.alloc(300_000);
  buffers.release(foreign);
  expect(buffers.take(300_000) === foreign).toBe(false);
});
