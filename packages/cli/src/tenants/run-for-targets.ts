import { exitCodeOf } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';
import { worstExitCode } from '../process/worst-exit-code.ts';
import { errorNotice } from '../report/error-notice.ts';
import { logLines } from '../report/log-lines.ts';
import type { Console } from '../terminal/console.ts';
import type { Target } from './find-targets.ts';

/** Tenants at a time. Each has its own limits in Graph; this one bounds memory and connections. */
const mostAtATime = 4;

/** A console whose messages name the target. The status line belongs to one listing, so that it is not shown. */
function consoleFor(console: Console, { name }: Target): Console {
  return {
    ...console,
    say: (notice) =>
      console.say({
        ...notice,
        text: `[${name}] ${notice.text}`,
        facts: { profile: name, ...notice.facts },
      }),
    status: () => {},
  };
}

/**
 * Runs a command for several tenants, a few at a time. A failure is reported with its tenant and does not stop the
 * others; a signal stops all of them.
 * @param run returns the exit code; `undefined` means 0
 * @returns the worst exit code
 */
export async function runForTargets(
  targets: readonly Target[],
  context: Context,
  run: (target: Target, context: Context) => Promise<number | void>,
): Promise<number> {
  const { console, remedies, signal } = context;
  const waiting = targets.values();
  const codes: number[] = [];

  async function runOne(target: Target): Promise<number> {
    const own = consoleFor(console, target);
    try {
      return (await run(target, { ...context, console: own, log: logLines(own) })) ?? 0;
    } catch (error) {
      signal.throwIfAborted();
      own.say(errorNotice(own, error, remedies));
      return exitCodeOf(error);
    }
  }

  async function work(): Promise<void> {
    for (const target of waiting) codes.push(await runOne(target));
  }

  await Promise.all(Array.from({ length: mostAtATime }, work));
  return worstExitCode(codes);
}
