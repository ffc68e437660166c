import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Running } from '../processes.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
let folder: string;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 20_000 });
});
beforeEach(async () => {
  await tenant.forget();
  folder = await mkdtemp(join(tmpdir(), 'rollcall-faults-'));
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

/** A listing of so many small pages that something can happen in the middle. */
const slowly = 'users list -o ndjson --page-size 20';
const rollcall = (line: string, ...more: readonly string[]) =>
  stage.start('rollcall', [...line.split(' '), ...tenant.flags, ...more]);
const pagesAsked = async () =>
  (await tenant.journal()).filter(({ path }) => path.startsWith('/v1.0/users?')).length;

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await what()) return;
    await pause(20);
  }
  throw new Error('it never happened');
}

/** Stops reading, as a pager does that waits for a key. */
async function pausedAfterFirstLine(running: Running): Promise<void> {
  await running.line();
  running.child.stdout?.pause();
}

it('faults A8 row 83: a reader that goes away stops the listing quietly, exit 141', async () => {
  const running = rollcall(slowly);
  await running.line();
  running.child.stdout?.destroy();
  const { code, stderr } = await running.finished;
  expect({ code, stderr }).toEqual({
    code: 141,
    stderr: '',
  });
  const asked = await pagesAsked();
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(500);
});

describe('faults A8 row 84: signals', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops at a page, exit %i, and no file has the name', async (name, exitCode) => {
    const out = join(folder, 'users.ndjson');
    const running = rollcall(slowly, '--out', out);
    await until(async () => (await pagesAsked()) > 3);
    running.signal(name);
    const sent = performance.now();
    const { code, signal, stderr } = await running.finished;
    expect({ code, signal }).toEqual({ code: exitCode, signal: null });
    expect(stderr).toMatch(
      /INCOMPLETE: .*; \$count is 20,000 .*\n.* rerun with --resume to continue/u,
    );
    expect(performance.now() - sent).toBeLessThan(10_000);
    expect(existsSync(out)).toBe(false);
    expect(await pagesAsked()).toBeLessThan(1000);
  });

  it('ends also when its output is not read, and the second signal ends it at once', async () => {
    const running = rollcall('users list -o ndjson');
    await pausedAfterFirstLine(running);
    await pause(500);
    running.signal('SIGTERM');
    await pause(300);
    running.signal('SIGTERM');
    const sent = performance.now();
    running.child.stdout?.resume();
    const { code, signal } = await running.finished;
    expect(signal ?? code).toBeOneOf(['SIGTERM', 143]);
    expect(performance.now() - sent).toBeLessThan(2000);
  });
});

it('goes on by the same command and --resume, whose receipt takes the place of the incomplete one', async () => {
  const out = join(folder, 'gone-on.ndjson');
  const receipt = join(folder, 'gone-on.json');
  const read = async () =>
    JSON.parse(await readFile(receipt, 'utf8')) as Readonly<Record<string, unknown>>;
  const command = 'users list --page-size 500';
  await tenant.forget();
  const stopped = rollcall(command, '--out', out, '--receipt', receipt);
  await until(async () => (await pagesAsked()) > 5);
  stopped.signal('SIGINT');
  expect((await stopped.finished).code).toBe(130);
  expect(await read()).toMatchObject({ complete: false, sha256: null });
  const { code, stderr } = await rollcall(`${command} --resume`, '--out', out, '--receipt', receipt)
    .finished;
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining('complete: 20,000'),
  });
  expect(await read()).toMatchObject({ complete: true, users: 20_000 });
  const again = await rollcall(`${command} --resume`, '--out', out, '--receipt', receipt).finished;
  expect({ code: again.code, users: (await read())['users'] }).toEqual({ code: 7, users: 20_000 });
  await Promise.all([rm(out), rm(receipt)]);
});

it('faults A8 row 85: after a kill -9 there is no file, and --resume ends with the bytes of an unbroken run', async () => {
  const unbroken = join(folder, 'unbroken.csv');
  const list = 'users list --parallel off';
  expect((await rollcall(list, '--out', unbroken).finished).code).toBe(0);
  const out = join(folder, 'users.csv');
  await tenant.forget();
  const killed = rollcall(`${list} --page-size 500`, '--out', out);
  await until(async () => (await pagesAsked()) > 5);
  killed.signal('SIGKILL');
  expect((await killed.finished).signal).toBe('SIGKILL');
  expect(existsSync(out)).toBe(false);
  await tenant.forget();
  const { code, stderr } = await rollcall(`${list} --page-size 500 --resume`, '--out', out)
    .finished;
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: expect.stringContaining('complete: 20,000'),
  });
  // Not from the beginning: that would have been 40 pages.
  expect(await pagesAsked()).toBeLessThan(37);
  expect(await readFile(out, 'utf8')).toBe(await readFile(unbroken, 'utf8'));
  expect((await readdir(folder)).toSorted()).toEqual(['unbroken.csv', 'users.csv']);
});

it('--strict confirms a list by the tenant’s own count, and cannot confirm a part', async () => {
  const whole = await rollcall('users list --strict -o ndjson --select id').finished;
  expect(whole.code).toBe(0);
  const part = await rollcall('users list --strict --limit 5').finished;
  expect({ code: part.code, stdout: part.stdout }).toEqual({ code: 2, stdout: '' });
});

it('faults A8 row 87: a folder that is missing, and a file that exists, are refused before a request is sent', async () => {
  const out = join(folder, 'taken');
  await mkdir(out);
  for (const path of [out, join(folder, 'missing', 'users.json')]) {
    const { code, stderr } = await rollcall('users list -o json', '--out', path).finished;
    expect(code).toBe(7);
    expect(stderr).toContain(path);
  }
  expect(await tenant.journal()).toEqual([]);
  expect(await readdir(folder)).toEqual(['taken']);
});

/** A file system of 200 kB; undefined where this user may not mount one. */
function smallDisk(at: string): Disposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', at], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  return { [Symbol.dispose]: () => void execFileSync('umount', [at]) };
}

it('faults A8 row 82: a full disk is exit 7 with the reason, and no file has the name', async ({
  skip,
}) => {
  using disk = smallDisk(folder);
  if (disk === undefined) skip('needs the right to mount a small tmpfs');
  const out = join(folder, 'users.ndjson');
  const { code, stderr } = await rollcall('users list', '--out', out).finished;
  expect(code).toBe(7);
  expect(stderr).toContain('ENOSPC');
  expect(stderr).toMatch(/free disk space/iu);
  expect(await readdir(folder)).not.toContain('users.ndjson');
  // With space again, the same command completes.
  execFileSync('mount', ['-o', 'remount,size=50m', folder]);
  const again = await rollcall('users list', '--out', out).finished;
  expect(again.code).toBe(0);
  expect(await readdir(folder)).toEqual(['users.ndjson']);
});

/** The most memory that a process ever held, in MB. */
async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? Number.NaN) / 1024;
}

it.skipIf(process.platform !== 'linux')(
  'faults A8 row 86: a slow reader slows the service down, and memory stays where it is',
  async () => {
    const fast = rollcall('users list -o ndjson');
    let fastPeak = 0;
    const watching = (async () => {
      while (fast.child.exitCode === null) {
        fastPeak = Math.max(fastPeak, (await peakMemory(fast.pid)) || 0);
        await pause(20);
      }
    })();
    expect((await fast.finished).code).toBe(0);
    await watching;
    await tenant.forget();
    await using slow = rollcall('users list -o ndjson');
    await pausedAfterFirstLine(slow);
    await pause(3000);
    const slowPeak = await peakMemory(slow.pid);
    // The sample; and for each of the four workers, a page that waits and one that was requested. Of 21 pages.
    expect(await pagesAsked()).toBeLessThan(12);
    expect(slowPeak).toBeLessThan(fastPeak + 50);
    slow.child.stdout?.destroy();
    expect((await slow.finished).code).toBe(141);
  },
);

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
