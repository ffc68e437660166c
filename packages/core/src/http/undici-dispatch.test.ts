import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { afterEach, expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import { Secret } from '../secret.ts';
import { createUndiciDispatch, type UndiciDispatchOptions } from './undici-dispatch.ts';

const open: (Server | AsyncDisposable)[] = [];

afterEach(async () => {
  for (const thing of open.splice(0))
    if ('close' in thing) {
      thing.closeAllConnections();
      thing.close();
    } else await thing[Symbol.asyncDispose]();
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/users?$secret=canary`);
}

function client(options: UndiciDispatchOptions = {}) {
  const made = createUndiciDispatch(options);
  open.push(made);
  return (url: URL, more: Pick<HttpRequest, 'signal' | 'timeout' | 'onStart'> = {}) =>
    made.dispatch({ method: 'GET', url, headers: {}, ...more });
}

const page = JSON.stringify({ value: Array.from({ length: 2000 }, (_, id) => ({ id })) });
const text = (body: Uint8Array): string => Buffer.from(body).toString();

it.each([
  ['nothing', (plain: Buffer) => plain, undefined],
  ['gzip', (plain: Buffer) => gzipSync(plain), 'gzip'],
  ['brotli', (plain: Buffer) => brotliCompressSync(plain), 'br'],
])('decodes a body compressed with %s', async (_name, compress, encoding) => {
  const url = await serve((_request, response) => {
    if (encoding !== undefined) response.setHeader('content-encoding', encoding);
    response.end(compress(Buffer.from(page)));
  });
  const answer = await client()(url);
  expect(answer.status).toBe(200);
  expect(text(answer.body)).toBe(page);
});

it.each([
  ['gzip cut in half', (zip: Buffer) => zip.subarray(0, zip.length / 2), 'gzip', 'truncated'],
  ['gzip without its trailer', (zip: Buffer) => zip.subarray(0, -8), 'gzip', 'truncated'],
  [
    'gzip with a wrong checksum',
    (zip: Buffer) => {
      const copy = Buffer.from(zip);
      copy.writeUInt8(copy.readUInt8(copy.length - 8) ^ 1, copy.length - 8);
      return copy;
    },
    'gzip',
    'corrupt',
  ],
  ['plain text labelled gzip', () => Buffer.from(page), 'gzip', 'corrupt'],
  [
    'brotli cut in half',
    () => {
      const br = brotliCompressSync(page);
      return br.subarray(0, br.length / 2);
    },
    'br',
    'truncated',
  ],
  ['an encoding that was not requested', (zip: Buffer) => zip, 'compress', 'corrupt'],
])('faults A3 row 23: %s is a body fault', async (_name, spoil, encoding, fault) => {
  const url = await serve((_request, response) => {
    response.setHeader('content-encoding', encoding);
    response.end(spoil(gzipSync(page)));
  });
  await expect(client()(url)).rejects.toMatchObject({
    code: 'E_BAD_BODY',
    fault,
    retryable: true,
    status: 200,
  });
});

it('faults A3 row 24: stops a decompression bomb at the limit, for good', async () => {
  const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024));
  const url = await serve((_request, response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end(bomb);
  });
  await expect(client({ bodyLimit: 1024 * 1024 })(url)).rejects.toMatchObject({
    code: 'E_BAD_BODY',
    fault: 'too-large',
    retryable: false,
  });
});

it('faults A3 row 24: stops reading a plain body at the limit', async () => {
  let hungUp = false;
  const url = await serve((request, response) => {
    request.socket.once('close', () => {
      hungUp = true;
    });
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536))) void 0;
    };
    response.on('drain', more);
    more();
  });
  await expect(client({ bodyLimit: 1024 * 1024 })(url)).rejects.toMatchObject({
    fault: 'too-large',
  });
  await expect.poll(() => hungUp).toBe(true);
});

it('faults A3 row 25: a body shorter than its Content-Length is an error', async () => {
  const url = await serve((_request, response) => {
    response.setHeader('content-length', page.length + 10);
    response.write(page, () => response.destroy());
  });
  await expect(client()(url)).rejects.toMatchObject({
    category: expect.any(String),
    retryable: true,
  });
});

it('faults A2 row 15: an incomplete chunked body is an error', async () => {
  const url = await serve((_request, response) => {
    response.write(page, () => response.destroy());
  });
  await expect(client()(url)).rejects.toMatchObject({ code: 'E_NETWORK', retryable: true });
});

it('faults A2 row 14: a refused connection names host and port, and no query', async () => {
  const url = await serve(() => {});
  const [server] = open.splice(0) as [Server];
  server.close();
  await once(server, 'close');
  const failure = await client()(url).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'E_NETWORK', reason: 'ECONNREFUSED', retryable: true });
  expect(String(failure)).toContain(`127.0.0.1:${url.port}`);
  expect(JSON.stringify(failure) + String(failure)).not.toContain('canary');
});

it('faults A2 row 19: a stalled response ends at the idle limit, a dripping one at the total limit', async () => {
  const silent = await serve((_request, response) => void response.writeHead(200).write('{'));
  await expect(client({ idleTimeout: 50 })(silent)).rejects.toMatchObject({
    code: 'E_TIMEOUT',
    phase: 'idle',
  });
  const dripping = await serve((_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 10);
    response.once('close', () => clearInterval(drip));
  });
  await expect(client({ idleTimeout: 5000 })(dripping, { timeout: 80 })).rejects.toMatchObject({
    code: 'E_TIMEOUT',
    phase: 'total',
    limit: 80,
  });
});

it('faults A1 row 9: reads at most 64 kB of an error body, and keeps the status', async () => {
  const url = await serve((_request, response) => {
    response.statusCode = 503;
    response.end('<html>'.repeat(1_000_000));
  });
  const answer = await client()(url);
  expect(answer.status).toBe(503);
  expect(answer.body.length).toBe(65_536);
});

it('faults A4 row 29: hands a redirect back and goes nowhere', async () => {
  let visits = 0;
  const foreign = await serve(() => {
    visits += 1;
  });
  const url = await serve((_request, response) => {
    response.writeHead(302, { location: foreign.href }).end();
  });
  expect(await client()(url)).toMatchObject({ status: 302, headers: { location: foreign.href } });
  expect(visits).toBe(0);
});

it('rejects with the reason of an abort, before and while it reads', async () => {
  const url = await serve((_request, response) => void response.writeHead(200).write('{'));
  const reason = new Error('enough');
  await expect(client()(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const answer = client()(url, { signal: controller.signal });
  setTimeout(() => controller.abort(reason), 30);
  await expect(answer).rejects.toBe(reason);
});

it('faults A2 row 20: a proxy that refuses is named without its password', async () => {
  const proxy = await serve(() => {});
  const [server] = open.slice(-1) as [Server];
  server.on('connect', (_request, socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  const ask = client({ proxy: new Secret(`http://ada:canary@127.0.0.1:${proxy.port}`) });
  const failure = await ask(new URL('https://graph.example/v1.0/users')).catch(
    (error: unknown) => error,
  );
  expect(failure).toMatchObject({ code: 'E_PROXY', category: 'service', retryable: false });
  expect(String(failure)).toContain(`127.0.0.1:${proxy.port}`);
  expect(JSON.stringify(failure) + String(failure)).not.toContain('canary');
});

it('keeps connections alive', async () => {
  const ports = new Set<number | undefined>();
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  const ask = client();
  for (let times = 0; times < 10; times += 1) await ask(url);
  // undici may open a second one while it lets go of the first.
  expect(ports.size).toBeLessThanOrEqual(2);
});

it.each([
  ['nothing', (plain: Buffer) => plain, undefined],
  ['gzip', (plain: Buffer) => gzipSync(plain), 'gzip'],
  ['brotli', (plain: Buffer) => brotliCompressSync(plain), 'br'],
])(
  'shows the start of a body compressed with %s before the rest has arrived',
  async (_, compress, encoding) => {
    const ids = Array.from({ length: 20_000 }, (_each, at) => Math.imul(at, 0x9e3779b1) >>> 0);
    const body = `{"@odata.nextLink":"https://graph.example/next","value":${JSON.stringify(ids)}}`;
    const compressed = compress(Buffer.from(body));
    const started = Promise.withResolvers<string>();
    const url = await serve((_request, response) => {
      if (encoding !== undefined) response.setHeader('content-encoding', encoding);
      response.write(compressed.subarray(0, 8192));
      // The rest is sent when the client has seen the start.
      void started.promise.then(() => response.end(compressed.subarray(8192)));
    });
    const answer = await client()(url, { onStart: (start) => started.resolve(text(start)) });
    expect(text(answer.body)).toBe(body);
    expect(body.startsWith(await started.promise)).toBe(true);
    expect(await started.promise).toContain(
      '"@odata.nextLink":"https://graph.example/next","value":[',
    );
  },
);
