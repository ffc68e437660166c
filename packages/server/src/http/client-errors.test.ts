import { expect, it } from 'vitest';

import { problemSchema } from '../openapi/schemas.ts';
import { rawExchange } from '../testing/raw-exchange.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const host = 'Host: localhost\r\n';

it.each([
  ['a line that is not HTTP', 'canary\r\n\r\n', 400],
  ['a space in the path', `GET /canary canary HTTP/1.1\r\n${host}\r\n`, 400],
  ['a header without a colon', `GET /livez HTTP/1.1\r\n${host}canary\r\n\r\n`, 400],
  ['a control character in a header', `GET /livez HTTP/1.1\r\n${host}X: can\u0001ary\r\n\r\n`, 400],
  [
    'two lengths',
    `GET /livez HTTP/1.1\r\n${host}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    400,
  ],
  [
    'length and chunks',
    `GET /livez HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    400,
  ],
  [
    'headers of 20,000 characters',
    `GET /livez HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ['a request that ends in its head', `GET /livez HTTP/1.1\r\n${host}`, 408],
])('answers %s with problem details', async (_what, bytes, status) => {
  const { server } = await startTestServer({ users: 3, limits: { head: 50 } });
  const received = await rawExchange(server.url, bytes);
  expect(received.split(' ')[1]).toBe(String(status));
  const [head = '', body = ''] = received.split('\r\n\r\n');
  expect(head).toContain('Content-Type: application/problem+json; charset=utf-8');
  expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
  expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status });
  expect(received).not.toContain('canary');
});

it('cuts a response that has begun, in place of an error in its middle', async () => {
  const release = Promise.withResolvers<void>();
  const { server } = await startTestServer({
    users: 3_000,
    before: async (page) => {
      if (page > 0) await release.promise;
    },
  });
  const received = await rawExchange(server.url, `GET /users.ndjson HTTP/1.1\r\n${host}\r\n`, {
    afterFirst: 'not HTTP\r\n\r\n',
  });
  release.resolve();
  expect(received).toMatch(/^HTTP\/1\.1 200/u);
  expect(received).not.toContain('invalid_http');
});
