import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

/** The resources that one run of a program used. */
export interface Cost {
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  /** The largest resident set, as reported by the kernel. */
  readonly peakMegabytes: number;
}

/** A run that may have failed. */
export interface Run extends Cost {
  /** The exit code; `null` if a signal ended the program. */
  readonly code: number | null;
  readonly stderr: string;
}

/** A module that is loaded before the program and writes its resource usage to file descriptor 3 when it exits. */
const reportUsage = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

export interface Program {
  /** Of Python, Debian's is used. A Python program writes its resource usage to file descriptor 3 itself. */
  readonly runtime?: 'node' | 'python';
  readonly main: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What can stop a program from outside. */
export interface RunOptions {
  readonly signal?: AbortSignal;
}

/** Runs a program and writes its standard output to the file `output`. */
export async function tryRun(
  { runtime = 'node', main, args, env }: Program,
  output: string,
  { signal }: RunOptions = {},
): Promise<Run> {
  const file = await open(output, 'w');
  try {
    const started = performance.now();
    const [command, before] =
      runtime === 'python'
        ? ['/usr/bin/python3', []]
        : [process.execPath, ['--import', reportUsage]];
    const child = spawn(command, [...before, main, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', file.fd, 'pipe', 'pipe'],
    });
    signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
    const [stderr, usage, [code]] = await Promise.all([
      text(child.stdio[2] as Readable),
      text(child.stdio[3] as Readable),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    const wallSeconds = (performance.now() - started) / 1_000;
    const used = JSON.parse(usage === '' ? '{}' : usage) as Partial<NodeJS.ResourceUsage>;
    const { userCPUTime = Number.NaN, systemCPUTime = Number.NaN, maxRSS = Number.NaN } = used;
    return {
      code,
      stderr,
      wallSeconds,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000,
      peakMegabytes: maxRSS / 1_024,
    };
  } finally {
    await file.close();
  }
}

/**
 * Runs a program as {@link tryRun} does.
 * @throws {Error} with the program's standard error, if it fails
 */
export async function measuredRun(program: Program, output: string): Promise<Cost> {
  const { code, stderr, ...cost } = await tryRun(program, output);
  if (code !== 0) throw new Error(`${program.main} exited with ${String(code)}:\n${stderr}`);
  return cost;
}
