import { expect, test } from 'vitest';

import { createPieceStore, type PieceStore } from './piece-store.ts';

/** The text of the pieces of these numbers, and how many of them there were. */
function copied(store: PieceStore, numbers: readonly number[], from = 0) {
  const runs: string[] = [];
  const count = store.copyFrom(numbers, from, (block, start, end) => {
    runs.push(block.toString('utf8', start, end));
  });
  return { runs, count };
}

function storeOf(pieces: Readonly<Record<number, string>>, blockSize = 64): PieceStore {
  const store = createPieceStore({ mayGrow: () => true, blockSize });
  for (const [number, piece] of Object.entries(pieces))
    store.keep(Number(number), Buffer.from(piece));
  return store;
}

test('neighbours are copied at once, up to the first number without a piece', () => {
  const store = storeOf({ 1: 'one', 2: 'two', 5: 'five' });
  expect(copied(store, [1, 2, 5])).toEqual({ runs: ['onetwofive'], count: 3 });
  expect(copied(store, [2, 1, 3, 5])).toEqual({ runs: ['two', 'one'], count: 2 });
  expect(copied(store, [3, 1, 2], 1)).toEqual({ runs: ['onetwo'], count: 2 });
  expect(copied(store, [7])).toEqual({ runs: [], count: 0 });
});

test('a piece at the end of a block and the one that begins the next are copied separately', () => {
  const store = storeOf({ 0: 'abcd', 1: 'efgh', 2: 'ijkl' }, 8);
  expect(copied(store, [0, 1, 2]).runs).toEqual(['abcdefgh', 'ijkl']);
});

test('a piece that was forgotten can be kept again, and its bytes count as wasted', () => {
  const store = storeOf({ 1: 'one', 2: 'two' });
  store.forget(1);
  store.forget(9);
  expect([store.has(1), store.has(2), store.wasted]).toEqual([false, true, 3]);
  store.keep(1, Buffer.from('uno'));
  expect(copied(store, [1, 2]).runs).toEqual(['uno', 'two']);
  store.clear();
  expect([store.has(2), store.size, store.wasted]).toEqual([false, 0, 0]);
});

test.each([
  ['larger than a block', 'x'.repeat(65), true],
  ['for which no block may be allocated', 'x', false],
])('a piece %s is not kept', (_, piece, grows) => {
  const store = createPieceStore({ mayGrow: () => grows, blockSize: 64 });
  expect(store.keep(0, Buffer.from(piece))).toBe(false);
  expect(store.has(0)).toBe(false);
});
