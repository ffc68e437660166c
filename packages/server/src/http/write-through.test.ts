import { EventEmitter } from 'node:events';

import type { Response } from 'express';
import { expect, it } from 'vitest';

import { createReader } from './write-through.ts';

/** A response whose reader takes each piece after some time; the clock of the test advances meanwhile. */
function fakeResponse(millisecondsPerPiece: number) {
  let time = 0;
  let pieces = 0;
  const response = Object.assign(new EventEmitter(), {
    write() {
      pieces += 1;
      setImmediate(() => {
        time += millisecondsPerPiece;
        response.emit('drain');
      });
      return false;
    },
  });
  return { response: response as unknown as Response, now: () => time, pieces: () => pieces };
}

const { signal } = new AbortController();
const piece = Buffer.alloc(1_000);

it.each([
  ['1 byte a second', 1_000_000],
  ['half of the minimum rate', 2_000],
  ['a little less than the minimum rate', 1_100],
])('faults A9 row 98: a reader that takes %s is cut', async (_, millisecondsPerPiece) => {
  const { response, now, pieces } = fakeResponse(millisecondsPerPiece);
  const reader = createReader(response, { signal, stall: 30_000, readerRate: 1_000, now });
  const all = Array.from({ length: 2_000 }, () => piece);
  await expect(reader.write(all)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(pieces()).toBeLessThan(500);
});

it('a reader that takes more than the minimum rate is served, also over a long time', async () => {
  const { response, now, pieces } = fakeResponse(900);
  const reader = createReader(response, { signal, stall: 30_000, readerRate: 1_000, now });
  await reader.write(Array.from({ length: 2_000 }, () => piece));
  expect(pieces()).toBe(2_000);
});
