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

/** A module that is loaded before the program and writes its resource usage to file descriptor 3 when it exits. */
const reportUsage = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

export interface Program {
  readonly main: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program with this Node and writes its standard output to the file `output`.
 * @throws {Error} with the program's standard error, if it fails
 */
export async function measuredRun({ main, args, env }: Program, output: string): Promise<Cost> {
  const file = await open(output, 'w');
  try {
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', reportUsage, main, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', file.fd, 'pipe', 'pipe'],
    });
    const [stderr, usage, [code]] = await Promise.all([
      text(child.stdio[2] as Readable),
      text(child.stdio[3] as Readable),
      once(child, 'close'),
    ]);
    const wallSeconds = (performance.now() - started) / 1_000;
    if (code !== 0) throw new Error(`${main} exited with ${String(code)}:\n${stderr}`);
    const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(usage) as NodeJS.ResourceUsage;
    return {
      wallSeconds,
      cpuSeconds: (userCPUTime + systemCPUTime) / 1_000_000,
      peakMegabytes: maxRSS / 1_024,
    };
  } finally {
    await file.close();
  }
}
