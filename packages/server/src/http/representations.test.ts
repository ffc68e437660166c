import { request, type IncomingMessage, type RequestOptions } from 'node:http';

import { describe, expect, it } from 'vitest';

import { startTestServer } from '../testing/start-test-server.ts';

/** Without `fetch`, which adds `Cache-Control: no-cache` to a request with `If-None-Match`. */
async function exchange(url: string, options: RequestOptions = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  return { status: response.statusCode, text, etag: response.headers.etag };
}

describe('weak ETags', () => {
  it.each([
    '/v1.0/users?$top=2',
    '/v1.0/users?$select=id',
    '/v1.0/users/person1@contoso.example',
    '/v1.0/users/delta?$select=id',
  ])('%s is 304 for a caller that has the same data', async (path) => {
    const { server } = await startTestServer({ users: 450 });
    const url = `${server.url}${path}`;
    const first = await exchange(url);
    const etag = first.etag ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/u);
    const again = await exchange(url, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect(again).toEqual({ status: 304, text: '', etag });
    const head = await exchange(url, { method: 'HEAD' });
    expect(head).toEqual({ status: 200, text: '', etag });
    const other = await exchange(url, { headers: { 'if-none-match': '"other"' } });
    expect(other).toMatchObject({ status: 200, etag });
  });

  it('differ when anything but the page token differs', async () => {
    const { get } = await startTestServer({ users: 450 });
    const etags = await Promise.all(
      ['$top=2', '$top=3', '$top=2&$select=id', '$top=2&$count=true'].map(async (query) =>
        (await get(`/v1.0/users?${query}`)).headers.get('etag'),
      ),
    );
    expect(new Set(etags).size).toBe(4);
  });
});

describe('compression', () => {
  it.each(['gzip', 'br'])('%s is used when the caller accepts it', async (encoding) => {
    const { get } = await startTestServer({ users: 450 });
    for (const path of ['/v1.0/users', '/users.ndjson', '/users.csv']) {
      const answer = await get(path, { headers: { 'accept-encoding': encoding } });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('vary')).toContain('Accept-Encoding');
      expect((await answer.text()).length).toBeGreaterThan(5_000);
    }
  });

  it('is not used for short responses, and not without consent', async () => {
    const { get } = await startTestServer({ users: 450 });
    const short = await get('/livez', { headers: { 'accept-encoding': 'gzip' } });
    expect(short.headers.get('content-encoding')).toBeNull();
    const plain = await get('/v1.0/users', { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it('faults A9 row 102: a compressed stream that fails is cut', async () => {
    const { get } = await startTestServer({
      users: 2_500,
      before: (page) => {
        if (page === 1) throw new Error('gone');
      },
    });
    for (const format of ['ndjson', 'csv', 'json'])
      await expect(
        get(`/users.${format}`, { headers: { 'accept-encoding': 'gzip' } }).then(async (answer) =>
          answer.text(),
        ),
      ).rejects.toThrow('terminated');
  });
});

describe('GET /v1.0/$metadata', () => {
  it.each(['/v1.0/$metadata', '/V1.0/%24METADATA'])('%s describes what is served', async (path) => {
    const { get } = await startTestServer({ users: 3 });
    const answer = await get(path);
    expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
    const text = await answer.text();
    expect(text).toContain('<EntitySet Name="users" EntityType="microsoft.graph.user"/>');
    expect(text).not.toContain('EntityType Name="group"');
  });
});
