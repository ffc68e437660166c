import { join } from 'node:path';

import { clients, createWorkFolder, rollcallProgram } from './clients.ts';
import { measuredRun } from './measured-run.ts';
import { startSandboxProcess } from './sandbox-process.ts';
import { median } from './statistics.ts';

/** A ratio of processor times, which depends little on the machine and on what else it does. */
export interface Ratio {
  readonly what: string;
  readonly measured: number;
  /** The ratio when it was last recorded here. */
  readonly recorded: number;
}

/** A regression of more than a fifth fails. */
const tolerance = 1.2;

/** Returns the ratios that are more than the tolerance above what was recorded. */
export function regressions(ratios: readonly Ratio[]): readonly Ratio[] {
  return ratios.filter(({ measured, recorded }) => !(measured <= recorded * tolerance));
}

const users = 100_000;
const rounds = 5;

/** The recorded ratios: change them in the commit that changes the cost, and say why there. */
const recorded = { sequential: 1.25, parallel: 1.35, start: 1.15 } as const;

/** Measures the ratios, alternately. */
async function measureRatios(): Promise<readonly Ratio[]> {
  await using sandbox = await startSandboxProcess(users);
  await using folder = await createWorkFolder();
  const output = join(folder.path, 'users.ndjson');
  const nothing = join(import.meta.dirname, 'nothing.mjs');
  const programs = {
    loop: clients['parse-loop'].program(sandbox, folder.path),
    sequential: rollcallProgram(sandbox, ['--parallel', 'off']),
    parallel: rollcallProgram(sandbox, ['--parallel', '8']),
    bare: { main: nothing, args: [], env: {} },
    start: { ...rollcallProgram(sandbox), args: ['--help'] },
  };
  const cpu = async (name: keyof typeof programs) =>
    (await measuredRun(programs[name], output)).cpuSeconds;
  await cpu('loop');
  const ratios = { sequential: [], parallel: [], start: [] } as Record<
    keyof typeof recorded,
    number[]
  >;
  for (let round = 0; round < rounds; round += 1) {
    const loop = await cpu('loop');
    ratios.sequential.push((await cpu('sequential')) / loop);
    ratios.parallel.push((await cpu('parallel')) / loop);
    ratios.start.push((await cpu('start')) / (await cpu('bare')));
  }
  return [
    {
      what: `processor time of ${users} users, sequential, against the parse loop`,
      measured: median(ratios.sequential),
      recorded: recorded.sequential,
    },
    {
      what: `processor time of ${users} users, 8 workers, against the parse loop`,
      measured: median(ratios.parallel),
      recorded: recorded.parallel,
    },
    {
      what: 'processor time of --help against a Node program that does nothing',
      measured: median(ratios.start),
      recorded: recorded.start,
    },
  ];
}

/** Returns the lower measurement of each ratio: other programs of the machine only add processor time. */
export function lowest(first: readonly Ratio[], second: readonly Ratio[]): readonly Ratio[] {
  return first.map((ratio, index) => ({
    ...ratio,
    measured: Math.min(ratio.measured, second[index]?.measured ?? Number.NaN),
  }));
}

/**
 * Compares the ratios with the recorded ones, and measures again before it reports a regression. For CI.
 * @returns the exit code: 1 if one has become more than a fifth worse
 */
export async function checkRegression(report: (text: string) => void): Promise<number> {
  const first = await measureRatios();
  const ratios = regressions(first).length === 0 ? first : lowest(first, await measureRatios());
  for (const { what, measured, recorded: before } of ratios)
    report(`${what}: ${measured.toFixed(2)} (recorded: ${before.toFixed(2)})`);
  const worse = regressions(ratios);
  for (const { what } of worse) report(`Regression of more than 20 %: ${what}`);
  return worse.length > 0 ? 1 : 0;
}
