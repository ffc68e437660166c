import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What the sandbox was asked since the last `forget`. */
export interface Served {
  readonly requests: number;
  readonly resourceUnits: number;
  /** Responses with status 429. */
  readonly refused: number;
  /** Requests that came before the `Retry-After` of an earlier response was over. */
  readonly earlyReturns: number;
}

export interface SandboxProcess extends AsyncDisposable {
  readonly url: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly secret: string;
  /** The certificate authority, as PEM. */
  readonly ca: string;
  readonly caFile: string;
  /** The path of the quickstart's `parameters.json`. */
  readonly parameters: string;
  /** Returns the CPU seconds, user and system, that the process has used. */
  cpuSeconds(): number;
  /** Returns the largest resident set, in MB. */
  peakMegabytes(): number;
  /** Returns the requests to Graph since the last call. */
  served(): Promise<Served>;
  /** Returns the number of requests to Graph since the start. */
  requests(): Promise<number>;
  /** Sets the milliseconds before each response. */
  setLatency(milliseconds: number): Promise<void>;
}

/** USER_HZ, the unit of CPU times in /proc; it is 100 on every Linux that Node supports. */
const ticksPerSecond = 100;

const main = join(import.meta.dirname, '../../packages/sandbox/dist/main.js');

/** Starts the built sandbox in its own process and resolves when it accepts connections. */
export async function startSandboxProcess(
  users: number,
  flags: readonly string[] = [],
): Promise<SandboxProcess> {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const child = spawn(process.execPath, [main, '--users', String(users), '--dir', dir, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const first = await lines[Symbol.asyncIterator]().next();
  const ready = JSON.parse(first.value as string) as Record<
    'url' | 'tenant' | 'clientId' | 'ca' | 'parameters' | 'control',
    string
  >;
  const parameters = JSON.parse(await readFile(ready.parameters, 'utf8')) as { secret: string };
  async function control(path: string, body?: object): Promise<unknown> {
    const post = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${ready.control}/${path}`, body === undefined ? {} : post);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
  let before: Served = { requests: 0, resourceUnits: 0, refused: 0, earlyReturns: 0 };
  return {
    ...ready,
    secret: parameters.secret,
    ca: await readFile(ready.ca, 'utf8'),
    caFile: ready.ca,
    async served() {
      const now = (await control('throttle')) as Served;
      await control('journal/clear', {});
      const since = {
        requests: now.requests - before.requests,
        resourceUnits: now.resourceUnits - before.resourceUnits,
        refused: now.refused - before.refused,
        earlyReturns: now.earlyReturns - before.earlyReturns,
      };
      before = now;
      return since;
    },
    async requests() {
      return ((await control('throttle')) as Served).requests;
    },
    async setLatency(latency) {
      await control('conditions', { latency });
    },
    cpuSeconds() {
      // The second field is the command in parentheses; utime and stime are the 14th and 15th.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
    },
    peakMegabytes() {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      return Math.round(Number(peak?.[1]) / 1024);
    },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      await rm(dir, { recursive: true });
    },
  };
}
