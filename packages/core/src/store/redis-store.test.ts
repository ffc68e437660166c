import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Secret } from '../secret.ts';
import { systemClock } from '../system-clock.ts';
import { createRedisStore } from './redis-store.ts';
import { killHolder, runWorker } from './testing/workers.ts';

const ports = { clock: systemClock, log: () => {} };
const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis)
  console.warn('redis-server is not installed: the tests of the Redis token store are skipped.');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

describe.runIf(hasRedis)('redis token store', () => {
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://:pass-word@127.0.0.1:${port}`;
    server = spawn(
      'redis-server',
      [
        '--port',
        String(port),
        '--bind',
        '127.0.0.1',
        '--requirepass',
        'pass-word',
        '--save',
        '',
        '--dir',
        '/tmp',
      ],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.once('exit', (code) => reject(new Error(`redis-server exited with ${code}`)));
      server.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Ready to accept connections')) resolve();
      });
    });
  });
  afterAll(() => {
    server.kill();
  });

  it('gives back what was written, to others too, until it ends', async () => {
    await using one = createRedisStore(new Secret(url), ports);
    await using other = createRedisStore(new Secret(url), ports);
    expect(await one.read('k')).toBeUndefined();
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    await one.exclusively('k', (held) => held.write('k', bytes, Date.now() + 500));
    expect(Buffer.from((await other.read('k')) ?? [])).toEqual(bytes);
    await systemClock.sleep(700);
    expect(await other.read('k')).toBeUndefined();
  });

  it('frees its lock when the work fails', async () => {
    await using store = createRedisStore(new Secret(url), ports);
    const failing = store.exclusively('f', () => Promise.reject(new Error('no luck')));
    await expect(failing).rejects.toThrow('no luck');
    expect(await store.exclusively('f', async () => 'mine')).toBe('mine');
  });

  it('processes started together make one post', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () => runWorker('redis', url, 'fleet', 'run')),
    );
    expect(outcomes.filter((each) => each === 'post')).toHaveLength(1);
    expect(outcomes.filter((each) => each === 'hit')).toHaveLength(11);
  }, 90_000);

  it('a lock left by kill -9 ends by itself', async () => {
    await killHolder('redis', url, 'killed');
    await using store = createRedisStore(new Secret(url), ports);
    const before = performance.now();
    expect(await store.exclusively('killed', async () => 'mine')).toBe('mine');
    expect(performance.now() - before).toBeLessThan(10_000);
  }, 30_000);
});

it('does not print its password when there is no response', async () => {
  const port = await freePort();
  await using store = createRedisStore(new Secret(`redis://:canary@127.0.0.1:${port}`), ports);
  const error: unknown = await store.read('k').catch((caught: unknown) => caught);
  expect(String(error)).toContain('ECONNREFUSED');
  expect(String(error)).not.toContain('canary');
});
