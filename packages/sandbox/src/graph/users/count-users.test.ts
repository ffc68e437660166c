import { expect, test } from 'vitest';
import { createTestGraph } from '../testing/graph.ts';

test('/users/$count is a number as text, with ConsistencyLevel only', async () => {
  const graph = createTestGraph({ users: 893 });
  graph.people.remove(0);
  const answer = await graph.get('users/$count', { consistencylevel: 'eventual' });
  expect(answer.text).toBe('892');
  expect(answer.headers['Content-Type']).toBe('text/plain');
  const bare = await graph.get('users/$count');
  expect(bare.status).toBe(400);
  expect(bare.json().error).toMatchObject({
    code: 'Request_BadRequest',
    message: '$count is not currently supported.',
  });
});
