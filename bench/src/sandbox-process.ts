import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

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
}

/** USER_HZ, the unit of CPU times in /proc; it is 100 on every Linux that Node supports. */
const ticksPerSecond = 100;

const main = join(import.meta.dirname, '../../packages/sandbox/src/main.ts');

/** Starts the sandbox in its own process and resolves when it accepts connections. */
export async function startSandboxProcess(users: number): Promise<SandboxProcess> {
  const dir = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  const child = spawn(
    process.execPath,
    ['--conditions=@rollcall/source', main, '--users', String(users), '--dir', dir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout });
  const first = await lines[Symbol.asyncIterator]().next();
  const ready = JSON.parse(first.value as string) as Record<
    'url' | 'tenant' | 'clientId' | 'ca' | 'parameters',
    string
  >;
  const parameters = JSON.parse(await readFile(ready.parameters, 'utf8')) as { secret: string };
  return {
    ...ready,
    secret: parameters.secret,
    ca: await readFile(ready.ca, 'utf8'),
    caFile: ready.ca,
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
      child.kill('SIGTERM');
      await new Promise((resolve) => {
        child.once('exit', resolve);
      });
      await rm(dir, { recursive: true });
    },
  };
}
