import { expect, test } from 'vitest';
import type { Answer } from '../http/handler.ts';
import { createGraphApi } from '../graph/graph-api.ts';
import { createChangeEngine } from '../directory/change-engine.ts';
import { directoryRoutes } from './directory-routes.ts';
import { createPeople } from '../directory/create-people.ts';
import { createReplicas } from '../directory/replicas.ts';
import { tellTruth } from '../directory/truth.ts';

const url = (path: string) => new URL(path, 'http://localhost');
const read = (answer: Answer) => JSON.parse(String(answer.body)) as Record<string, unknown>;

function routesOf(users: number) {
  const people = createPeople({ users, seed: 1, tenantDomain: 'contoso.com' });
  const clock = { now: () => 0 };
  const changes = createChangeEngine({ people, seed: 1, clock, every: () => () => undefined });
  const graph = createGraphApi({
    people,
    verifyAccessToken: () => ({ valid: false, reason: 'empty' }),
    origin: () => 'https://graph.test',
    tenant: { id: '' },
    clock,
    seed: 1,
  });
  const options = { users, seed: 1, tenantDomain: 'contoso.com', now: () => 0 };
  const replicas = createReplicas(people, options);
  const routes = directoryRoutes({ people, replicas, changes, graph });
  return {
    people,
    get: (path: string) => read(routes[`GET ${path.split('?')[0]!}`]!({ url: url(path) })),
    post: (path: string, body: unknown) => read(routes[`POST ${path}`]!({ url: url(path), body })),
  };
}

test('GET /truth returns the IDs and their digest, or the digest alone', () => {
  const { people, get } = routesOf(30);
  expect(get('/truth')).toEqual(tellTruth(people));
  expect(Object.keys(get('/truth?ids=false'))).toEqual(['users', 'revision', 'sha256']);
});

test('GET /truth?of= returns the users of a collection, or an error for another path', () => {
  const { people, get } = routesOf(30);
  people.remove(4);
  const of = '/directory/deletedItems/microsoft.graph.user';
  expect(get(`/truth?of=${of}`)).toMatchObject({ users: 1, ids: [people.idOf(4)] });
  for (const path of [
    '/users/delta',
    '/users/$count',
    '/people',
    `/users/${people.idOf(4)}/directReports`,
  ])
    expect(() => get(`/truth?of=${path}`)).toThrow(TypeError);
});

test('POST /changes changes the directory now, and sets a rate', () => {
  const { people, get, post } = routesOf(30);
  const before = get('/truth')['sha256'];
  expect(post('/changes', { count: 4, action: 'remove', rate: 5 })).toMatchObject({
    done: 4,
    rate: 5,
    revision: 4,
  });
  expect(people.size).toBe(26);
  expect(get('/truth')['sha256']).not.toBe(before);
  expect(get('/changes')).toMatchObject({ done: 0, ledger: { remove: 4 } });
  expect(post('/changes', { rate: 0 })).toMatchObject({ rate: 0 });
});

test.each([
  [{ count: -1 }],
  [{ count: 1.5 }],
  [{ action: 'explode' }],
  [{ rate: 'fast' }],
  [{ cuont: 5 }],
])('%j is refused', (body) => {
  expect(() => routesOf(3).post('/changes', body)).toThrow(TypeError);
});

test('the throttle’s ledger is returned, and its limit is set', () => {
  const { get, post } = routesOf(1);
  expect(get('/throttle')).toMatchObject({ requests: 0, earlyReturns: 0 });
  expect(post('/throttle', { unitsPer10Seconds: 5 })).toHaveProperty('refused');
  expect(() => post('/throttle', { unitsPer10Seconds: 'many' })).toThrow(TypeError);
});

test('what is unsettled can be chosen while the tenant runs', () => {
  const { get, post } = routesOf(1);
  expect(get('/unsettled')).toMatchObject({ comparer: 'ignore-case' });
  expect(post('/unsettled', { comparer: 'ordinal' })).toMatchObject({
    comparer: 'ordinal',
    pageFill: 'full',
  });
  expect(() => post('/unsettled', { comparer: 'random' })).toThrow('comparer is one of');
  expect(() => post('/unsettled', { colour: 'red' })).toThrow("Unknown choice 'colour'");
});

test('POST /replicas sets and removes copies that lag, and refuses what is not a list of lags', () => {
  const { get, post } = routesOf(10);
  expect(get('/replicas')).toEqual({ lagSeconds: [] });
  expect(post('/replicas', { lagSeconds: [2, 5] })).toEqual({ lagSeconds: [2, 5] });
  expect(get('/replicas')).toEqual({ lagSeconds: [2, 5] });
  for (const body of [null, {}, { lagSeconds: 2 }, { lagSeconds: ['2'] }])
    expect(() => post('/replicas', body)).toThrow('lagSeconds is a list');
  expect(post('/replicas', { lagSeconds: [] })).toEqual({ lagSeconds: [] });
});
