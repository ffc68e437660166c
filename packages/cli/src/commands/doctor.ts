import type { Verdict } from '@rollcall/core';
import { hintText, type RemedyTexts } from '@rollcall/core/command-line';
import { stepNames } from '@rollcall/core/command-line';

import { defineCommand } from '../arguments/command.ts';
import { loadSettingsSilently } from '../load-command-settings.ts';
import { jsonOptions } from '../options/output-options.ts';
import { queryFrom, queryOptions } from '../options/query-options.ts';
import { settingsOptions } from '../options/settings-options.ts';
import { doctorLines } from './doctor-lines.ts';

/** Returns the verdict with the hint in the vocabulary of the command line. */
function withHint(verdict: Verdict, remedies: RemedyTexts): Verdict {
  const { hint, remedy } = verdict;
  return hint === undefined ? verdict : { ...verdict, hint: hintText({ hint, remedy }, remedies) };
}

/** Prints the verdict of each step when it is known. The exit code is that of the first step that failed. */
export const doctor = defineCommand({
  options: { ...queryOptions, ...jsonOptions, ...settingsOptions },
  examples: [
    ['doctor', 'Run all checks'],
    ['doctor --select id,signInActivity', 'Check the permissions for these properties too'],
    ['doctor --json', 'For a monitor: the exit code is that of the first failed check'],
  ],
  async run(args, context) {
    const { console, remedies, signal } = context;
    const { diagnose } = await context.core();
    const lines = doctorLines(console, stepNames, remedies);
    // The warnings of the settings are verdicts here. Logging them too would print them twice.
    const load = () => loadSettingsSilently(args, context);
    const verdicts: Verdict[] = [];
    for await (const verdict of diagnose(load, { signal, query: queryFrom(args) })) {
      verdicts.push(verdict);
      if (!args.json) await console.write(lines.of(verdict));
    }
    const exitCode = verdicts.find(({ verdict }) => verdict === 'failed')?.exitCode ?? 0;
    const report = {
      healthy: exitCode === 0,
      exitCode,
      steps: verdicts.map((verdict) => withHint(verdict, remedies)),
    };
    await console.write(
      args.json ? `${JSON.stringify(report, undefined, 2)}\n` : lines.closing(verdicts),
    );
    return exitCode;
  },
});
