import type { Verdict } from '@rollcall/core';

import type { Arguments, ArgumentsOf } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';
import type { jsonOptions } from '../options/output-options.ts';
import { queryFrom, type queryOptions } from '../options/query-options.ts';
import { hintOf } from '../remedies.ts';
import { doctorLines } from './doctor-lines.ts';

export type DoctorArguments = ArgumentsOf<typeof queryOptions & typeof jsonOptions> & Arguments;

/** Shows core's verdict on every step as it comes. @returns the exit code of the first that failed */
export async function doctor(args: DoctorArguments, context: Context): Promise<number> {
  const { console, signal } = context;
  const { diagnose, stepNames } = await context.core();
  const lines = doctorLines(console, stepNames);
  // Warnings are verdicts here, and would be said twice.
  const load = () => settingsFor(args, { ...context, log: () => {} });
  const verdicts: Verdict[] = [];
  for await (const verdict of diagnose(load, { signal, query: queryFrom(args) })) {
    verdicts.push(verdict);
    if (!args.json) await console.write(lines.of(verdict));
  }
  const exitCode = verdicts.find(({ verdict }) => verdict === 'failed')?.exitCode ?? 0;
  const steps = verdicts.map((verdict) => {
    const { hint, remedy } = verdict;
    return hint === undefined
      ? verdict
      : Object.assign({}, verdict, { hint: hintOf({ hint, remedy }) });
  });
  const report = { healthy: exitCode === 0, exitCode, steps };
  await console.write(
    args.json ? `${JSON.stringify(report, undefined, 2)}\n` : lines.closing(verdicts),
  );
  return exitCode;
}
