import { expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

it('gives the number as text, with or without the header', async () => {
  const { get, directory } = await startTestServer({ users: 2_500 });
  for (const headers of [{}, { ConsistencyLevel: 'eventual' }]) {
    const answer = await get('/v1.0/users/$count?$filter=accountEnabled%20eq%20true', { headers });
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await answer.text()).toBe('2500');
  }
  expect(directory.asked[0]?.what).toEqual({ filter: 'accountEnabled eq true', search: undefined });
});

it('knows one ConsistencyLevel', async () => {
  const { get } = await startTestServer({ users: 1 });
  const answer = await get('/v1.0/users/$count', { headers: { ConsistencyLevel: 'strong' } });
  expect(answer.status).toBe(400);
});
