import { expect, test } from 'vitest';
import type { Answer } from '../http/handler.ts';
import { createChangeEngine } from './change-engine.ts';
import { directoryRoutes } from './directory-routes.ts';
import { createPeople } from './people.ts';
import { tellTruth } from './truth.ts';

const url = (path: string) => new URL(path, 'http://localhost');
const read = (answer: Answer) => JSON.parse(String(answer.body)) as Record<string, unknown>;

function routesOf(users: number) {
  const people = createPeople({ users, seed: 1, tenantDomain: 'contoso.com' });
  const clock = { now: () => 0 };
  const changes = createChangeEngine({ people, seed: 1, clock, every: () => () => undefined });
  const ledger = {
    requests: 3,
    resourceUnits: 6,
    refused: 0,
    earlyReturns: 0,
    recentEarlyReturns: [],
  };
  const routes = directoryRoutes({ people, changes, throttle: () => ledger });
  return {
    people,
    get: (path: string) => read(routes[`GET ${path.split('?')[0]!}`]!({ url: url(path) })),
    change: (body: unknown) => read(routes['POST /changes']!({ url: url('/changes'), body })),
  };
}

test('GET /truth tells the ids and their digest, or the digest alone', () => {
  const { people, get } = routesOf(30);
  expect(get('/truth')).toEqual(tellTruth(people));
  expect(Object.keys(get('/truth?ids=false'))).toEqual(['users', 'revision', 'sha256']);
});

test('POST /changes changes the directory now, and sets a rate', () => {
  const { people, get, change } = routesOf(30);
  const before = get('/truth')['sha256'];
  expect(change({ count: 4, action: 'remove', rate: 5 })).toMatchObject({
    done: 4,
    rate: 5,
    revision: 4,
  });
  expect(people.size).toBe(26);
  expect(get('/truth')['sha256']).not.toBe(before);
  expect(get('/changes')).toMatchObject({ done: 0, ledger: { remove: 4 } });
  expect(change({ rate: 0 })).toMatchObject({ rate: 0 });
});

test.each([[{ count: -1 }], [{ count: 1.5 }], [{ action: 'explode' }], [{ rate: 'fast' }]])(
  '%j is refused',
  (body) => {
    expect(() => routesOf(3).change(body)).toThrow(TypeError);
  },
);

test('GET /throttle tells the ledger', () => {
  expect(routesOf(1).get('/throttle')).toMatchObject({ requests: 3, earlyReturns: 0 });
});
