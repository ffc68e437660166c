import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const fleet = 50;
const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
});
beforeEach(async () => {
  await tenant.forget();
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const posts = async () =>
  (await tenant.journal()).filter((entry) => entry.class === 'token' && entry.method === 'POST')
    .length;

async function startTogether(cache: string): Promise<void> {
  const args = ['token', ...tenant.flags, '--token-cache', cache];
  const ended = await Promise.all(Array.from({ length: fleet }, () => stage.run('rollcall', args)));
  const failed = ended.filter(({ code }) => code !== 0);
  expect(failed).toEqual([]);
}

it('fifty processes started together make one token post with the file cache', async () => {
  const file = join(tenant.folder, 'cache', 'tokens.db');
  await startTogether(`file:${file}`);
  expect(await posts()).toBe(1);
  const raw = await stage.run('rollcall', [
    'token',
    '--raw',
    ...tenant.flags,
    '--token-cache',
    `file:${file}`,
  ]);
  expect(await posts()).toBe(1);
  const kept = await readFile(file, 'latin1');
  expect(raw.stdout.trim().length).toBeGreaterThan(100);
  expect(kept).not.toContain(raw.stdout.trim().slice(0, 30));
}, 240_000);

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
if (!hasRedis) console.warn('redis-server is not installed: the fleet on Redis is skipped.');

describe.runIf(hasRedis)('redis', () => {
  let server: ChildProcess;
  let port: number;
  beforeAll(async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => {
      probe.listen(0, '127.0.0.1', resolve);
    });
    ({ port } = probe.address() as AddressInfo);
    await new Promise((resolve) => {
      probe.close(resolve);
    });
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      tenant.folder,
    ];
    server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.toString().includes('Ready to accept connections')) resolve();
      });
    });
  });
  afterAll(() => {
    server.kill();
  });

  it('fifty processes started together make one token post', async () => {
    await startTogether(`redis://127.0.0.1:${port}`);
    expect(await posts()).toBe(1);
  }, 240_000);

  it('a server that is down costs a post and a warning, not the sign-in', async () => {
    const args = ['token', ...tenant.flags, '--token-cache', 'redis://127.0.0.1:9'];
    const { code, stderr } = await stage.run('rollcall', args);
    expect(code).toBe(0);
    expect(stderr).toContain('The redis token cache cannot be used');
    expect(await posts()).toBe(1);
  });
});
