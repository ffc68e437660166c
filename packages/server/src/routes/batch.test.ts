import { describe, expect, it } from 'vitest';

import { person } from '../testing/memory-directory.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

interface BatchBody {
  readonly responses: readonly {
    readonly id: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  }[];
}

async function post({ get }: TestServer, body: unknown, type = 'application/json') {
  return get('/v1.0/$batch', {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

describe('POST /v1.0/$batch', () => {
  it('answers each request as if it were alone, in their order', async () => {
    const started = await startTestServer({ users: 250 });
    const answer = await post(started, {
      requests: [
        { id: '1', method: 'GET', url: '/users?$select=id&$top=2' },
        { id: '2', method: 'get', url: `users/${person(1).id}?$select=id` },
        { id: '3', method: 'GET', url: '/users/$count', headers: { ConsistencyLevel: 'eventual' } },
        { id: '4', method: 'GET', url: '/users/missing@contoso.example' },
        { id: '5', method: 'GET', url: '/users?$top=0' },
        { id: '6', method: 'DELETE', url: '/users' },
        { id: '7', method: 'GET', url: '/nowhere' },
      ],
    });
    expect(answer.status).toBe(200);
    const { responses } = (await answer.json()) as BatchBody;
    expect(responses.map(({ id, status }) => [id, status])).toEqual([
      ['1', 200],
      ['2', 200],
      ['3', 200],
      ['4', 404],
      ['5', 400],
      ['6', 405],
      ['7', 404],
    ]);
    expect(responses[0]?.body).toMatchObject({ value: [{ id: person(0).id }, {}] });
    const { '@odata.nextLink': next = '' } = (responses[0]?.body ?? {}) as Record<string, string>;
    expect((await fetch(next)).status).toBe(200);
    expect(responses[2]?.body).toBe(250);
    expect(responses[3]?.body).toMatchObject({ error: { code: 'Request_ResourceNotFound' } });
    expect(responses[0]?.headers['content-type']).toContain('application/json');
  });

  it.each([
    ['no body', '', 'application/json'],
    ['no JSON', '{', 'application/json'],
    ['no requests', { requests: [] }, 'application/json'],
    [
      '21 requests',
      {
        requests: Array.from({ length: 21 }, (_, at) => ({
          id: String(at),
          method: 'GET',
          url: '/users',
        })),
      },
      'application/json',
    ],
    [
      'one id twice',
      { requests: ['a', 'A'].map((id) => ({ id, method: 'GET', url: '/users' })) },
      'application/json',
    ],
    [
      'a URL of another host',
      { requests: [{ id: '1', method: 'GET', url: '//attacker.example/users' }] },
      'application/json',
    ],
    [
      'dependencies',
      { requests: [{ id: '1', method: 'GET', url: '/users', dependsOn: ['2'] }] },
      'application/json',
    ],
  ])('refuses %s with 400', async (_name, body, type) => {
    const started = await startTestServer({ users: 3 });
    const answer = await post(started, body, type);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toHaveProperty('error.code');
    expect(started.directory.asked).toEqual([]);
  });

  it('refuses other media types with 415, and long bodies with 413', async () => {
    const started = await startTestServer({ users: 3 });
    expect((await post(started, '{}', 'text/plain')).status).toBe(415);
    expect((await post(started, JSON.stringify({ a: 'x'.repeat(70_000) }))).status).toBe(413);
  });

  it.each([
    '/users/../../metrics',
    '/users/%2e%2e/%2e%2e/metrics',
    'https://attacker.example/users',
    '/$batch',
    '/../metrics',
  ])('reaches only what is below /v1.0: %s', async (url) => {
    const started = await startTestServer({ users: 3 });
    const answer = await post(started, { requests: [{ id: '1', method: 'GET', url }] });
    const text = await answer.text();
    expect(text).not.toContain('# HELP');
    const [response] = (JSON.parse(text) as BatchBody).responses;
    expect(response?.status).toBeGreaterThanOrEqual(400);
  });

  it('ends its requests when the caller leaves', async () => {
    const asked = Promise.withResolvers<void>();
    const started = await startTestServer({
      users: 3,
      before: async (_page, signal) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
          asked.resolve();
        }),
    });
    const controller = new AbortController();
    const answer = started.get('/v1.0/$batch', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/users' }] }),
      signal: controller.signal,
    });
    await asked.promise;
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
    await expect.poll(() => started.directory.aborted.length).toBe(1);
  });
});
