import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';

/** What one run of one program took. */
export interface Cost {
  /** From the start of the process to its end. */
  readonly wallSeconds: number;
  /** User and system, all threads. */
  readonly cpuSeconds: number;
  /** The largest resident set, as the kernel saw it. */
  readonly peakMegabytes: number;
}

/** Loaded before the program, and does nothing until it ends: the kernel's account of the process, on descriptor 3. */
const account = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  process.on('exit', () => writeSync(3, JSON.stringify(process.resourceUsage())));
`)}`;

export interface Program {
  readonly main: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a program under this Node, its standard output into `output`.
 * @throws {Error} with what it said, when it fails
 */
export async function measuredRun({ main, args, env }: Program, output: string): Promise<Cost> {
  const file = await open(output, 'w');
  try {
    const begun = performance.now();
    const child = spawn(process.execPath, ['--import', account, main, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', file.fd, 'pipe', 'pipe'],
    });
    const [stderr, usage, [code]] = await Promise.all([
      text(child.stdio[2] as Readable),
      text(child.stdio[3] as Readable),
      once(child, 'close'),
    ]);
    const wallSeconds = (performance.now() - begun) / 1_000;
    if (code !== 0) throw new Error(`${main} ended with ${String(code)}:\n${stderr}`);
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
