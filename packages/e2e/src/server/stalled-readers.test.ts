import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startServing, type Serving } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const readers = 200;
/** How many the server streams to at once; the rest is turned away. */
const streams = 8;
/** Some 35 MB of NDJSON: much more than sockets hold. */
const users = 100_000;

const stage = createStage();
let tenant: Tenant;
let serving: Serving;
beforeAll(async () => {
  tenant = await startTenant(stage, { users });
  serving = await startServing(stage, tenant.flags);
});
afterAll(async () => {
  await serving[Symbol.asyncDispose]();
  await tenant[Symbol.asyncDispose]();
});

/** The most megabytes that the server ever had in memory. */
async function peak(): Promise<number> {
  const status = await readFile(`/proc/${serving.running.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? Number.NaN) / 1024;
}

/** Asks for the whole directory, and takes no byte of it. */
function stall(format: string): Socket {
  const { hostname, port, host } = new URL(serving.url);
  const socket = connect(Number(port), hostname);
  socket.pause();
  socket.on('error', () => {});
  socket.write(`GET /users.${format} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  return socket;
}

const times = (text: string): number => serving.running.stderr().split(text).length - 1;

/** Resolves when Graph received no request for two seconds: then no reader can receive more users either. */
async function quiet(): Promise<number> {
  for (let before = -1; ;) {
    const asked = (await tenant.journal()).length;
    if (asked === before) return asked;
    before = asked;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

async function wholeDirectory(): Promise<void> {
  const answer = await fetch(`${serving.url}/users.ndjson`);
  expect(answer.status).toBe(200);
  let end = '';
  for await (const bytes of answer.body ?? [])
    end = (end + Buffer.from(bytes as Uint8Array).toString('latin1')).slice(-2000);
  expect(end).toContain(`\n{"@complete":true,"reconciled":true,"count":${users},`);
}

it.skipIf(process.platform !== 'linux')(
  'faults A9 row 98: memory stays flat with 200 stalled readers, and others are served',
  async () => {
    // As many readers as there is room for, who take what they get: what garbage they leave is not what is looked for.
    await Promise.all(Array.from({ length: streams }, () => wholeDirectory()));
    const before = await peak();
    await tenant.forget();
    const sockets = Array.from({ length: readers }, (_, at) =>
      stall(['ndjson', 'csv', 'json'][at % 3] ?? ''),
    );
    await expect.poll(() => times('"failure":"busy"'), { timeout: 20_000 }).toBe(readers - streams);
    const pages = await quiet();
    // They were begun, and came nowhere near the end.
    expect(pages).toBeGreaterThanOrEqual(streams);
    expect(pages).toBeLessThan(((streams * users) / 999) * 0.75);
    expect((await peak()) - before).toBeLessThan(30);

    const page = await serving.json<{ value: unknown[] }>('/v1.0/users?$top=5');
    expect(page.value).toHaveLength(5);
    expect((await serving.get('/livez')).status).toBe(200);
    const busy = await serving.get('/users.ndjson');
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([503, '5']);

    for (const socket of sockets) socket.destroy();
    // A reader that disconnects releases its place at once.
    await expect.poll(() => times('"failure":"CallerGone"')).toBe(streams);
    await wholeDirectory();
  },
  120_000,
);
