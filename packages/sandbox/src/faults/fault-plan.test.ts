import { expect, it } from 'vitest';

import { createFaultPlan } from './fault-plan.ts';
import type { Fault } from './kinds.ts';

const graph = { class: 'graph', target: '/v1.0/users?$top=5', reused: false } as const;
const token = { class: 'token', target: '/t/oauth2/v2.0/token', reused: false } as const;

/** The numbers of the `requests` that the fault applies to; each use is counted as the engine does. */
function strikes(fault: Fault, requests: readonly (typeof graph | typeof token)[], seed = 1) {
  const plan = createFaultPlan(seed, [fault]);
  return requests.map((request) => {
    const due = plan.due(request);
    for (const one of due) one.struck += 1;
    return due.length;
  });
}

const five = Array.from({ length: 5 }, () => graph);

it.each<[string, Omit<Fault, 'kind'>, number[]]>([
  ['always', {}, [1, 1, 1, 1, 1]],
  ['the second', { nth: 2 }, [0, 1, 0, 0, 0]],
  ['some', { nth: [1, 4] }, [1, 0, 0, 1, 0]],
  ['from the third', { from: 3 }, [0, 0, 1, 1, 1]],
  ['twice at most', { times: 2 }, [1, 1, 0, 0, 0]],
  ['two from the second', { from: 2, times: 2 }, [0, 1, 1, 0, 0]],
  ['never', { probability: 0 }, [0, 0, 0, 0, 0]],
  ['only elsewhere', { path: '/groups' }, [0, 0, 0, 0, 0]],
  ['by its path', { path: '$top=5' }, [1, 1, 1, 1, 1]],
])('happens %s', (_, when, expected) => {
  expect(strikes({ kind: 'status', ...when }, five)).toEqual(expected);
});

it('counts only requests of its own part', () => {
  const mixed = [token, graph, token, graph];
  expect(strikes({ kind: 'status', on: 'token', nth: 2 }, mixed)).toEqual([0, 0, 1, 0]);
  expect(strikes({ kind: 'throttled', nth: 2 }, mixed)).toEqual([0, 0, 0, 1]);
  expect(strikes({ kind: 'status', on: 'any', nth: 2 }, mixed)).toEqual([0, 1, 0, 0]);
});

it('draws the same row for the same seed, near the probability', () => {
  const many = Array.from({ length: 1_000 }, () => graph);
  const row = strikes({ kind: 'status', probability: 0.3 }, many, 7);
  expect(strikes({ kind: 'status', probability: 0.3 }, many, 7)).toEqual(row);
  expect(strikes({ kind: 'status', probability: 0.3 }, many, 8)).not.toEqual(row);
  const hits = row.filter((hit) => hit === 1).length;
  expect(hits).toBeGreaterThan(250);
  expect(hits).toBeLessThan(350);
});

it('closes only connections that were used before', () => {
  const plan = createFaultPlan(1, [{ kind: 'stale-connection' }]);
  expect(plan.due(graph)).toHaveLength(0);
  expect(plan.due({ ...graph, reused: true })).toHaveLength(1);
});
