import { setImmediate } from 'node:timers/promises';

import { expect, it } from 'vitest';

import { createTurns } from './create-turns.ts';

it('lets other work run between two turns', async () => {
  const turn = createTurns();
  const order: string[] = [];
  const jobs = ['a', 'b', 'c'].map(async (name) => {
    await turn();
    order.push(name);
  });
  const probes = (async () => {
    for (let probe = 0; probe < 3; probe += 1) {
      await setImmediate();
      order.push('probe');
    }
  })();
  await Promise.all([...jobs, probes]);
  expect(order.filter((name) => name !== 'probe')).toEqual(['a', 'b', 'c']);
  expect(order.indexOf('c') - order.indexOf('a')).toBeGreaterThan(2);
});
