import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';

import { expect, it, onTestFinished } from 'vitest';

import { rawExchange } from '../testing/raw-exchange.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const head = (path: string, end = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${end}\r\n`;

it('logs one line per request with its own bytes, also for pipelined requests', async () => {
  const { server, logged } = await startTestServer({ users: 500 });
  const received = await rawExchange(
    server.url,
    `${head('/livez')}${head('/v1.0/users')}${head('/users.csv', 'Connection: close\r\n')}`,
  );
  const lines = logged.filter(({ event }) => event === 'request-completed');
  expect(
    lines.map(({ fields }) => [fields['route'], fields['status'], fields['complete']]),
  ).toEqual([
    ['/livez', 200, true],
    ['/v1.0/users', 200, true],
    ['/users.csv', 200, true],
  ]);
  const sent = lines.reduce((sum, { fields }) => sum + Number(fields['bytes']), 0);
  expect(sent).toBe(Buffer.byteLength(received));
});

it('logs the bytes of each request on a connection that is used again', async () => {
  const { server, logged } = await startTestServer({ users: 500 });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  for (const path of ['/livez', '/v1.0/users', '/livez']) {
    const request = get(`${server.url}${path}`, { agent });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    await once(response.resume(), 'end');
  }
  await expect
    .poll(() => logged.filter(({ event }) => event === 'request-completed'))
    .toHaveLength(3);
  const bytes = logged.flatMap(({ fields: { bytes: sent } }) =>
    sent === undefined ? [] : [Number(sent)],
  );
  expect(bytes[0]).toBeLessThan(1_000);
  expect(bytes[1]).toBeGreaterThan(5_000);
  expect(bytes[2]).toBe(bytes[0]);
});

it.each([
  ['an unknown path', '/no/such/route', 404, 'no_such_route'],
  ['an invalid parameter', '/v1.0/users?$top=x', 400, 'bad_parameter'],
  ['a user who does not exist', '/v1.0/users/canary@contoso.example', 404, 'E_NO_SUCH_USER'],
])(
  'logs the code of the error for %s, and nothing of the request',
  async (_what, path, status, failure) => {
    const { get: getPath, logged } = await startTestServer({ users: 5 });
    await (await getPath(path)).text();
    const line = logged.find(({ event }) => event === 'request-completed');
    expect(line?.fields).toMatchObject({ status, failure, complete: true });
    expect(JSON.stringify(logged)).not.toContain('canary');
  },
);
