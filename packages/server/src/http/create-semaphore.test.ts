import { expect, it } from 'vitest';

import { createSemaphore } from './create-semaphore.ts';

const never = new AbortController().signal;

it('runs work in order while there are units, and the rest when they are free again', async () => {
  const semaphore = createSemaphore(10);
  const started: string[] = [];
  const run = async (name: string, units: number): Promise<Disposable> => {
    const held = await semaphore.acquire(units, never);
    started.push(name);
    return held;
  };
  const first = await run('large', 8);
  const second = run('also large', 5);
  const third = run('small', 1);
  await Promise.resolve();
  expect(started).toEqual(['large']);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await Promise.all([second, third]);
  expect(started).toEqual(['large', 'also large', 'small']);
});

it('runs work that is larger than all units alone', async () => {
  const semaphore = createSemaphore(2);
  (await semaphore.acquire(50, never))[Symbol.dispose]();
  expect(await semaphore.acquire(2, never)).toBeDefined();
});

it('forgets work whose caller has left', async () => {
  const semaphore = createSemaphore(1);
  const held = await semaphore.acquire(1, never);
  const leaving = new AbortController();
  const gone = semaphore.acquire(1, leaving.signal);
  const other = semaphore.acquire(1, never);
  leaving.abort(new Error('left'));
  await expect(gone).rejects.toThrow('left');
  held[Symbol.dispose]();
  expect(await other).toBeDefined();
  await expect(semaphore.acquire(1, leaving.signal)).rejects.toThrow('left');
});
