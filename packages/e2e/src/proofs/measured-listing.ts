import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

import { mainOf } from '../stage.ts';

/** Reads standard output at a pace of its own. */
export type Reader = (output: Readable) => AsyncIterable<Buffer>;

/** What a listing to standard output took. */
export interface Measured {
  readonly code: number | null;
  /** The largest resident set, in megabytes of 1,024² bytes. */
  readonly peak: number;
  /** Line feeds that were read. */
  readonly lines: number;
  readonly bytes: number;
  readonly stderr: string;
}

const tick = 50;

/** Takes what comes, at once. */
export const fastReader: Reader = (output) => output;

/** Takes so many bytes a second, and goes away some seconds after the first. */
export function slowReader(bytesPerSecond: number, seconds: number): Reader {
  return async function* read(output) {
    const most = Math.ceil((bytesPerSecond * tick) / 1_000);
    await once(output, 'readable');
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end) {
      // Asked for more than has come, `read` gives nothing at all.
      const chunk = output.read(Math.min(most, output.readableLength)) as Buffer | null;
      if (chunk !== null) yield chunk;
      await pause(tick);
    }
    output.destroy();
  };
}

/** Lists to standard output. */
export async function measuredListing(
  args: readonly string[],
  read: Reader,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  return await measuredCommand(['users', 'list', '--no-progress', ...args], read, env);
}

/**
 * Runs a command that prints to standard output.
 *
 * The peak is `VmHWM`, read while the process runs, because it starts at zero with the program. What `getrusage` says
 * of a child process starts with the parent's size when the child was created, and here the parent can be larger.
 */
export async function measuredCommand(
  args: readonly string[],
  read: Reader,
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const child = spawn(process.execPath, [mainOf('rollcall'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  const ended = once(child, 'close');
  const saying = text(child.stderr);
  let peak = 0;
  let lines = 0;
  let bytes = 0;
  const reading = (async () => {
    for await (const chunk of read(child.stdout)) {
      bytes += chunk.length;
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    }
  })();
  while (child.exitCode === null && child.signalCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1_024);
    await pause(tick);
  }
  await reading;
  const [code] = (await ended) as [number | null];
  return { code, peak, lines, bytes, stderr: await saying };
}
