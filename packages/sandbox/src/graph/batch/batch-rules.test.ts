import { describe, expect, test } from 'vitest';
import { createTestGraph, reader, type TestGraph } from '../testing/graph.ts';

interface Step {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> & { readonly error?: { readonly code: string } };
}

const json = { 'content-type': 'application/json' };

async function batch(graph: TestGraph, requests: readonly unknown[]) {
  const answer = await graph.send('POST', '$batch', json, JSON.stringify({ requests }));
  const steps = (answer.json() as unknown as { responses?: readonly Step[] }).responses ?? [];
  return { ...answer, step: (id: string) => steps.find((each) => each.id === id)! };
}

const steps = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: String(n),
    method: 'GET',
    url: '/users/$count',
  }));

describe('$batch', () => {
  test('answers each step with its own status, headers and body', async () => {
    const graph = createTestGraph();
    const answer = await batch(graph, [
      { id: '1', method: 'GET', url: '/users?$top=2&$select=id' },
      { id: '2', method: 'GET', url: '/users/unknown@contoso.com' },
      { id: '3', method: 'GET', url: '/users/$count', headers: { ConsistencyLevel: 'eventual' } },
      { id: '4', method: 'GET', url: 'users/$count' },
    ]);
    expect(answer.status).toBe(200);
    expect(['1', '2', '3', '4'].map((id) => answer.step(id).status)).toEqual([200, 404, 200, 400]);
    expect(answer.step('1').headers['x-ms-resource-unit']).toBe('1');
    expect(answer.step('2').body.error!.code).toBe('Request_ResourceNotFound');
    expect(answer.step('3').body).toBe(25);
    const link = answer.step('1').body['@odata.nextLink'] as string;
    expect((await graph.get(link)).status).toBe(200);
  });

  test('each step is charged and throttled alone', async () => {
    const graph = createTestGraph({ unitsPer10Seconds: 4 });
    const requests = ['1', '2', '3'].map((id) => ({ id, method: 'GET', url: '/users' }));
    const answer = await batch(graph, requests);
    expect(answer.status).toBe(200);
    expect(['1', '2', '3'].map((id) => answer.step(id).status)).toEqual([200, 200, 429]);
    expect(Number(answer.step('3').headers['Retry-After'])).toBeGreaterThan(0);
  });

  test('a step whose parent failed is 424', async () => {
    const answer = await batch(createTestGraph(), [
      { id: 'a', method: 'GET', url: '/users/unknown' },
      { id: 'b', method: 'GET', url: '/users', dependsOn: ['A'] },
      { id: 'c', method: 'GET', url: '/users' },
    ]);
    expect(['a', 'b', 'c'].map((id) => answer.step(id).status)).toEqual([404, 424, 200]);
  });

  test('the steps need the caller’s role, the batch a token', async () => {
    const powerless = createTestGraph({ verdict: { ...reader, roles: [] } });
    const requests = [{ id: '1', method: 'GET', url: '/users' }];
    expect((await batch(powerless, requests)).step('1').status).toBe(403);
    const withoutToken = createTestGraph({ verdict: { valid: false, reason: 'empty' } });
    expect((await batch(withoutToken, requests)).status).toBe(401);
  });

  test.each([
    ['21 steps', steps(21)],
    ['no steps', []],
    [
      'ids that differ in case only',
      [
        { id: 'a', method: 'GET', url: '/users' },
        { id: 'A', method: 'GET', url: '/users' },
      ],
    ],
    ['a step without url', [{ id: 'a', method: 'GET' }]],
    [
      'a parent that comes later',
      [
        { id: 'a', method: 'GET', url: '/users', dependsOn: ['b'] },
        { id: 'b', method: 'GET', url: '/users' },
      ],
    ],
    ['a body without its type', [{ id: 'a', method: 'POST', url: '/users', body: {} }]],
  ])('%s make the whole batch 400', async (_, requests) => {
    const answer = await batch(createTestGraph(), requests);
    expect(answer.status).toBe(400);
    expect(answer.json().error.code).toBe('BadRequest');
  });

  test('20 steps are accepted, and invalid JSON is 400 in Graph’s words', async () => {
    const graph = createTestGraph();
    expect((await batch(graph, steps(20))).status).toBe(200);
    const answer = await graph.send('POST', '$batch', json, 'nonsense');
    expect(answer.json().error.message).toBe(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    );
    expect((await graph.get('$batch')).status).toBe(405);
  });
});
