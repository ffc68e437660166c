import { describe, expect, it } from 'vitest';

import { person } from '../testing/memory-directory.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { toRoutePath } from './graph-path.ts';

describe('equal spellings of a path', () => {
  it.each([
    ['/v1.0/users', '/v1.0/users'],
    ['/v1.0/users/', '/v1.0/users'],
    ['/V1.0/Users', '/v1.0/users'],
    ['/v1.0/USERS()', '/v1.0/users'],
    ['/v1.0/users%28%29/', '/v1.0/users'],
    ['/v1.0/users/$count', '/v1.0/users/$count'],
    ['/v1.0/users/%24Count/', '/v1.0/users/$count'],
    ['/v1.0/users()/$count', '/v1.0/users/$count'],
    ["/v1.0/users('ada@contoso.example')", '/v1.0/users/ada%40contoso.example'],
    ['/v1.0/Users(%27o%27%27hara@contoso.example%27)/', "/v1.0/users/o'hara%40contoso.example"],
    ["/v1.0/users('a%23EXT%23@b.example')", '/v1.0/users/a%23EXT%23%40b.example'],
    ['/v1.0/users/Ada@Contoso.example/', '/v1.0/users/Ada@Contoso.example'],
    [
      "/v1.0/users('A@b.example')/directreports/Microsoft.Graph.User/",
      '/v1.0/users/A%40b.example/directReports/microsoft.graph.user',
    ],
    [
      '/v1.0/Groups/1A/TRANSITIVEMEMBERS/microsoft.graph.user/%24Count',
      '/v1.0/groups/1A/transitiveMembers/microsoft.graph.user/$count',
    ],
    [
      '/v1.0/Directory/deleteditems/microsoft.graph.user',
      '/v1.0/directory/deletedItems/microsoft.graph.user',
    ],
  ])('%s is %s', (path, expected) => {
    expect(toRoutePath(path)).toBe(expected);
  });

  it.each([
    ["a key is not an operation: users('$count')", "/v1.0/users('$count')", '/v1.0/users/%24count'],
    ['a slash stays in its key', "/v1.0/users('..%2Fgroups')", '/v1.0/users/..%2Fgroups'],
    ['a dot is a key', '/v1.0/users/.', '/v1.0/users/.'],
    ['another collection', '/v1.0/groups/', '/v1.0/groups'],
    ['another version', '/beta/Users/', '/beta/Users/'],
    ['not of Graph', '/Users.ndjson', '/Users.ndjson'],
    ['invalid encoding', '/v1.0/users/%ff%zz', '/v1.0/users/%ff%zz'],
    ['invalid encoding of the collection', '/v1.0/us%zzers', '/v1.0/us%zzers'],
    ['no slash', '*', '*'],
  ])('%s', (_what, path, expected) => {
    expect(toRoutePath(path)).toBe(expected);
  });

  it('names users, one user and their number over HTTP', async () => {
    const { get } = await startTestServer({ users: 3 });
    const { id } = person(1);
    for (const path of ['/v1.0/users/', '/v1.0/Users', '/V1.0/users()', '/v1.0//users'])
      expect(await (await get(`${path}?%24top=1&$select=id`)).json()).toMatchObject({
        value: [{ id: person(0).id }],
      });
    for (const path of [`/v1.0/users('${id}')`, `/v1.0/Users/${id}/`, `/v1.0/users(%27${id}%27)`])
      expect(await (await get(path)).json()).toMatchObject({ id });
    for (const path of ['/v1.0/users/$count/', '/v1.0/users()/%24count', '/v1.0/USERS/$COUNT'])
      expect(await (await get(path)).text()).toBe('3');
  });

  it.each(['/V1.0/groups', "/v1.0/users('a')/manager", '/v1.0/users(1)'])(
    'answers 404 in the format of Graph for %s',
    async (path) => {
      const { get } = await startTestServer({ users: 3 });
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
    },
  );
});
