import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { createWorkFolder } from './clients.ts';
import { measuredRun } from './measured-run.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import { type Spread, spreadOf } from './statistics.ts';

const rollcall = join(import.meta.dirname, '../../packages/cli/bin/rollcall.cjs');
const plainScript = join(import.meta.dirname, 'plain-script.ts');

/** How long one command line takes in comparison with another program that runs alternately with it. */
export interface StartUpRow {
  readonly what: string;
  /** The ratio that is the target. */
  readonly target: number;
  /** The ratio of the lowest times: of the runs that were disturbed least by other work of the machine. */
  readonly ratio: number;
  readonly milliseconds: Spread;
  readonly reference: Spread;
}

async function timeOf(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${args.join(' ')} exited with ${String(code)}`);
  return performance.now() - started;
}

function row(
  what: string,
  target: number,
  pairs: readonly (readonly [ours: number, reference: number])[],
): StartUpRow {
  const milliseconds = spreadOf(pairs.map(([ours]) => ours));
  const reference = spreadOf(pairs.map(([, other]) => other));
  return { what, target, ratio: milliseconds.lowest / reference.lowest, milliseconds, reference };
}

/** Compares command lines that print a text with bare Node. */
async function textRows(rounds: number): Promise<readonly StartUpRow[]> {
  const lines = [
    [['--version'], 1.2],
    [['--help'], 1.5],
    [['users', 'list', '--help'], 1.5],
    [['completion', 'bash'], 1.2],
  ] as const;
  const rows: StartUpRow[] = [];
  for (const [args, target] of lines) {
    const pairs: [number, number][] = [];
    for (let round = 0; round < rounds; round += 1)
      pairs.push([await timeOf([rollcall, ...args]), await timeOf(['-e', '0'])]);
    rows.push(row(`rollcall ${args.join(' ')}`, target, pairs));
  }
  return rows;
}

/** Compares one page of users, token included, with a script that imports the same libraries when it starts. */
async function listRows(rounds: number): Promise<readonly StartUpRow[]> {
  await using sandbox = await startSandboxProcess(100);
  await using folder = await createWorkFolder();
  const settings = ['--config', sandbox.parameters, '--ca', sandbox.caFile];
  const ours = { main: rollcall, args: ['users', 'list', '-o', 'json', ...settings], env: {} };
  const plain = { main: plainScript, args: settings, env: {} };
  const output = join(folder.path, 'page.json');
  const wall: [number, number][] = [];
  const cpu: [number, number][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const [one, other] = [await measuredRun(ours, output), await measuredRun(plain, output)];
    if (round === 0) continue;
    wall.push([one.wallSeconds * 1_000, other.wallSeconds * 1_000]);
    cpu.push([one.cpuSeconds * 1_000, other.cpuSeconds * 1_000]);
  }
  return [
    row('users list, one page, cold', 0.4, wall),
    row('users list, one page, cold: processor time', 0.4, cpu),
  ];
}

/** Measures how long commands take to start. */
export async function measureStartUp(rounds: number): Promise<readonly StartUpRow[]> {
  return [...(await textRows(rounds)), ...(await listRows(rounds))];
}
