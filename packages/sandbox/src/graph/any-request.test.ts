import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTestGraph } from './testing/graph.ts';

const options = [
  '$select',
  '$top',
  '$filter',
  '$search',
  '$orderby',
  '$count',
  '$expand',
  '$skip',
  '$skiptoken',
  '$deltatoken',
  'x',
];
const words = [
  'id',
  'displayName',
  'userPrincipalName',
  'createdDateTime',
  'proxyAddresses',
  'signInActivity',
  'manager',
  'eq',
  'ge',
  'not',
  'and',
  'or',
  'in',
  "'a'",
  "'",
  '"',
  '"displayName:a"',
  '(',
  ')',
  ',',
  '/',
  ':',
  ' ',
  ' ',
  'any(p:p',
  '$count',
  'null',
  'true',
  '1',
  '999',
  '1000',
  '-1',
  'latest',
  'RFNwdA',
  '2024-01-01T00:00:00Z',
  '%',
  '%27',
  '%zz',
  '&',
  '=',
  '\u0000',
  '\ud800',
  '💥',
  '__proto__',
  'constructor',
  '*',
  ';',
  '$levels=max',
];
const value = fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((parts) => parts.join(''));
const query = fc
  .array(fc.tuple(fc.constantFrom(...options), value), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, text]) => `${name}=${text}`).join('&'));
const path = fc.oneof(
  fc.constantFrom('users', 'users/delta', 'users/$count', '$batch'),
  value.map((key) => `users/${key}`),
  value.map((key) => `users('${key}')`),
  value,
);

test('any request is answered in Graph’s shapes, never by an exception', async () => {
  const graph = createTestGraph({ users: 40, unitsPer10Seconds: 1e9 });
  await fc.assert(
    fc.asyncProperty(
      path,
      query,
      fc.boolean(),
      fc.constantFrom('GET', 'POST'),
      async (place, search, eventual, method) => {
        const headers: Record<string, string> = eventual ? { consistencylevel: 'eventual' } : {};
        const answer = await graph.send(method, `/v1.0/${place}?${search}`, headers, search);
        const { error, value: users } = answer.json();
        const shaped =
          answer.status === 200
            ? error === undefined && (users === undefined || Array.isArray(users))
            : typeof error.code === 'string' && typeof error.message === 'string';
        expect({ status: answer.status, shaped }).toMatchObject({ shaped: true });
        expect([200, 400, 403, 404, 405, 501]).toContain(answer.status);
      },
    ),
    { numRuns: 500 },
  );
});
