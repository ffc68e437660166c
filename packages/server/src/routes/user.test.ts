import { expect, it } from 'vitest';

import { person } from '../testing/memory-directory.ts';
import { startTestServer } from '../testing/start-test-server.ts';

it('gives one user by id or userPrincipalName', async () => {
  const { get, server } = await startTestServer({ users: 3 });
  const { id, userPrincipalName } = person(1);
  for (const name of [id, userPrincipalName]) {
    const answer = await get(`/v1.0/users/${encodeURIComponent(name)}?$select=id`);
    expect(await answer.json()).toMatchObject({
      '@odata.context': `${server.url}/v1.0/$metadata#users(id)/$entity`,
      id,
    });
  }
});

it('hands an encoded name on as it was meant', async () => {
  const { get, directory } = await startTestServer({ users: 1 });
  await get('/v1.0/users/ada_fabrikam.example%23EXT%23@contoso.example');
  expect(directory.asked).toEqual([
    { name: 'get', what: 'ada_fabrikam.example#EXT#@contoso.example' },
  ]);
});

it('says 404 in Graph’s body for an unknown one, without repeating the name', async () => {
  const { get } = await startTestServer({ users: 3 });
  const answer = await get('/v1.0/users/unknown@contoso.example');
  const text = await answer.text();
  expect(answer.status).toBe(404);
  expect(JSON.parse(text)).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
  expect(text).not.toContain('unknown');
});

it('says 400 for a path that is not UTF-8', async () => {
  const { get } = await startTestServer({ users: 3 });
  expect((await get('/v1.0/users/%ff%zz')).status).toBe(400);
});
