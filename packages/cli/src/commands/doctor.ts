import type { Verdict } from '@rollcall/core';
import { hintText, type RemedyTexts, stepNames } from '@rollcall/core/command-line';

import { type ArgumentsOf, defineCommand } from '../arguments/command.ts';
import type { Context } from '../context.ts';
import { loadSettingsSilently } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { queryFrom, queryOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { tenantsOptions } from '../options/tenants-options.ts';
import { argumentsFor } from '../tenants/arguments-for.ts';
import { findTargets, type Target } from '../tenants/find-targets.ts';
import { runForTargets } from '../tenants/run-for-targets.ts';
import { doctorLines } from './doctor-lines.ts';

/** Returns the verdict with the hint in the vocabulary of the command line. */
function withHint(verdict: Verdict, remedies: RemedyTexts): Verdict {
  const { hint, remedy } = verdict;
  return hint === undefined ? verdict : { ...verdict, hint: hintText({ hint, remedy }, remedies) };
}

const options = { ...queryOptions, ...jsonOptions, ...tenantsOptions, ...settingsOptions };

type DoctorArguments = ArgumentsOf<typeof options>;

/** The result of all steps, as `--json` prints it. */
interface Report {
  readonly healthy: boolean;
  readonly exitCode: number;
  readonly steps: readonly Verdict[];
}

/** Runs the steps and passes the lines of each on when they are known. */
async function examine(
  args: DoctorArguments,
  { remedies, ...context }: Context,
  write: (text: string) => Promise<void>,
): Promise<Report> {
  const { diagnose } = await context.core();
  const lines = doctorLines(context.console, stepNames, remedies);
  // The warnings of the settings are verdicts here. Logging them too would print them twice.
  const load = () => loadSettingsSilently(args, context);
  const verdicts: Verdict[] = [];
  for await (const verdict of diagnose(load, { signal: context.signal, query: queryFrom(args) })) {
    verdicts.push(verdict);
    await write(lines.of(verdict));
  }
  await write(lines.closing(verdicts));
  const exitCode = verdicts.find(({ verdict }) => verdict === 'failed')?.exitCode ?? 0;
  const steps = verdicts.map((verdict) => withHint(verdict, remedies));
  return { healthy: exitCode === 0, exitCode, steps };
}

/** Examines several tenants at the same time, and prints the lines of each together, under its name. */
async function examineTenants(
  args: DoctorArguments,
  context: Context,
  targets: readonly Target[],
): Promise<number> {
  const { console } = context;
  const reports = new Map<string, Report>();
  const exitCode = await runForTargets(targets, context, async (target, own) => {
    const lines = [`${console.paint('strong', target.name)}\n`];
    const report = await examine(argumentsFor(args, target), own, async (text) => {
      lines.push(text);
    });
    reports.set(target.name, report);
    if (!args.json) await console.write(`${lines.join('')}\n`);
    return report.exitCode;
  });
  const tenants = Object.fromEntries(
    targets.flatMap(({ name }) => (reports.has(name) ? [[name, reports.get(name)]] : [])),
  );
  if (args.json)
    await console.write(
      `${JSON.stringify({ healthy: exitCode === 0, exitCode, tenants }, undefined, 2)}\n`,
    );
  return exitCode;
}

/**
 * Prints the verdict of each step when it is known. The exit code is that of the first step that failed; for several
 * tenants, the worst one.
 */
export const doctor = defineCommand({
  options,
  examples: [
    ['doctor', 'Run all checks'],
    ['doctor --select id,signInActivity', 'Check the permissions for these properties too'],
    ['doctor --json', 'For a monitor: the exit code is that of the first failed check'],
    ['doctor --all-profiles', 'Check the tenants of all profiles'],
  ],
  async run(args, context) {
    const { console } = context;
    const targets = await findTargets(args, context);
    if (targets !== undefined) return await examineTenants(args, context, targets);
    const report = await examine(args, context, async (text) => {
      if (!args.json) await console.write(text);
    });
    if (args.json) await console.write(`${JSON.stringify(report, undefined, 2)}\n`);
    return report.exitCode;
  },
});
