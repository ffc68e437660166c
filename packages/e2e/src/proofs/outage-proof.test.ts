import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { type Relay, startRelay } from '../relay.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';
import { setPlant } from './plant.ts';

// The long form is `npm run bench -- outage`, with 340,000 users and other clients.
const stage = createStage();
const users = 3_000;
const pageSize = 50;
const pages = users / pageSize;
const outageSeconds = 3;

let tenant: Tenant;
let relay: Relay;
let folder: string;
let flags: readonly string[];

beforeAll(async () => {
  tenant = await startTenant(stage, { users, flags: ['--latency', '20'] });
});
afterAll(() => tenant[Symbol.asyncDispose]());
beforeEach(async () => {
  relay = await startRelay(tenant.url);
  folder = await mkdtemp(join(tmpdir(), 'rollcall-outage-'));
  const origin = `https://127.0.0.1:${relay.port}`;
  const parameters = await tenant.variation('outage.parameters.json', {
    authority: `${origin}/${tenant.tenant}`,
    endpoint: `${origin}/v1.0/users`,
  });
  flags = ['--config', parameters, '--ca', tenant.ca, '--page-size', String(pageSize)];
  await tenant.forget();
});
afterEach(async () => {
  await relay[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const command = (...more: readonly string[]) => [
  ...'users list -o ndjson --parallel off --strict --out'.split(' '),
  join(folder, 'users.ndjson'),
  ...flags,
  ...more,
];
const pageRequests = async () =>
  (await tenant.journal()).filter(({ path }) => path.startsWith('/v1.0/users?')).length;
const duringTheListing = () =>
  vi.waitFor(async () => expect(await pageRequests()).toBeGreaterThan(pages / 4), {
    timeout: 30_000,
    interval: 10,
  });

async function distinctIds(): Promise<number> {
  const lines = (await readFile(join(folder, 'users.ndjson'), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(users);
  return new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id)).size;
}

it('a listing continues after an outage in which no connection can be opened', async () => {
  await using listing = stage.start('rollcall', command());
  await duringTheListing();
  relay.cut();
  await sleep(outageSeconds * 1_000);
  relay = await startRelay(tenant.url, relay.port);
  const { code, stderr } = await listing.finished;
  expect(stderr).toContain('complete: 3,000 users');
  expect(code).toBe(0);
  expect(await distinctIds()).toBe(users);
  // No page that had arrived was requested again.
  expect(await pageRequests()).toBeLessThanOrEqual(pages + 2);
});

it('a listing that was killed in the outage continues with --resume', async () => {
  const listing = stage.start('rollcall', command());
  await duringTheListing();
  relay.cut();
  listing.signal('SIGKILL');
  expect((await listing.finished).signal).toBe('SIGKILL');
  const before = await pageRequests();
  relay = await startRelay(tenant.url, relay.port);
  const { code, stderr } = await stage.run('rollcall', command('--resume'));
  expect(stderr).toContain('complete: 3,000 users');
  expect(code).toBe(0);
  expect(await distinctIds()).toBe(users);
  expect((await pageRequests()) - before).toBeLessThan(pages * 0.8);
});

it('the same proof finds a listing that does not try to connect again', async () => {
  await using planted = setPlant({
    module: 'packages/core/src/retry/retry-decision.ts',
    changes: [['attempts: 8', 'attempts: 1']],
  });
  await using listing = stage.start('rollcall', command(), { env: planted.env });
  await duringTheListing();
  relay.cut();
  const { code, stderr } = await listing.finished;
  expect(await planted.grown()).toBe(1);
  expect(code).toBe(5);
  expect(stderr).toContain('rerun with --resume to continue');
});
