import { expect, it } from 'vitest';

import { createReadiness } from './readiness.ts';
import { createMemoryDirectory } from '../testing/memory-directory.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const limits = { readiness: 5_000, readinessAge: 10_000 };

it('asks the directory once for all who wait, and again when the answer is old', async () => {
  const directory = createMemoryDirectory({ users: 3 });
  let now = 0;
  const readiness = createReadiness(directory, { monotonic: () => now }, limits);
  await Promise.all([readiness.check(), readiness.check()]);
  now = 9_999;
  await readiness.check();
  expect(directory.asked).toHaveLength(1);
  now = 10_000;
  await readiness.check();
  expect(directory.asked).toHaveLength(2);
});

it('is 503 while the directory cannot be read, and livez 200 all the same', async () => {
  let down = true;
  const { get, logged } = await startTestServer({
    users: 3,
    limits: { readinessAge: 0 },
    before: () => {
      if (down) throw new Error('canary');
    },
  });
  const answer = await get('/readyz');
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain('canary');
  expect((await get('/livez')).status).toBe(200);
  expect(logged.some(({ event }) => event === 'not-ready')).toBe(true);
  down = false;
  expect(await (await get('/readyz')).json()).toEqual({ ready: true });
});

it('is 503 as soon as the server drains', async () => {
  const readiness = createReadiness(
    createMemoryDirectory({ users: 1 }),
    { monotonic: () => 0 },
    limits,
  );
  await readiness.check();
  readiness.drain();
  await expect(readiness.check()).rejects.toThrow('draining');
});
