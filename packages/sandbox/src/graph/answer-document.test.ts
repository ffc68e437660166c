import { expect, test } from 'vitest';

import { userProperties } from '../directory/user-values.ts';
import { createTestGraph } from './testing/graph.ts';

const unauthenticated = { verdict: { valid: false, reason: 'empty' } } as const;

test.each(['/v1.0/$metadata', '/beta/$metadata', '/V1.0/$METADATA'])(
  '%s describes the properties of a user to callers without a token',
  async (path) => {
    const answer = await createTestGraph(unauthenticated).get(path);
    expect([answer.status, answer.headers['Content-Type']]).toEqual([200, 'application/xml']);
    const [, user = ''] = /<EntityType Name="user"(.*?)<\/EntityType>/su.exec(answer.text) ?? [];
    const types = Object.fromEntries(
      [...user.matchAll(/<Property Name="(\w+)" Type="([\w.()]+)"/gu)].map(([, ...pair]) => pair),
    ) as Record<string, string>;
    // Both belong to the base types.
    const own = userProperties.filter((name) => !['id', 'deletedDateTime'].includes(name));
    expect(Object.keys(types)).toEqual(expect.arrayContaining(own));
    expect(types).toMatchObject({
      accountEnabled: 'Edm.Boolean',
      businessPhones: 'Collection(Edm.String)',
      createdDateTime: 'Edm.DateTimeOffset',
      displayName: 'Edm.String',
      signInActivity: 'graph.signInActivity',
    });
  },
);

test.each(['/v1.0', '/v1.0/', '/beta/'])('%s lists the entity sets', async (path) => {
  const answer = await createTestGraph(unauthenticated).get(path);
  expect(answer.status).toBe(200);
  expect(answer.json().value).toContainEqual({ name: 'users', kind: 'EntitySet', url: 'users' });
  const version = path.split('/')[1];
  expect(answer.json()['@odata.context']).toMatch(new RegExp(`/${version}/\\$metadata$`, 'u'));
});

test.each(['/v2.0/$metadata', '/v1.0/users', '/v1.0/$metadata/users'])(
  '%s needs a token',
  async (path) => {
    expect((await createTestGraph(unauthenticated).get(path)).status).toBe(401);
  },
);
