import { exitCodeOf } from '@rollcall/core/command-line';

import type { Case, Step } from './step.ts';

/** What is said of one step. */
export interface Verdict {
  readonly step: string;
  readonly verdict: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly says: string;
  readonly remedy?: string | undefined;
  /** Null where the step was not tried. */
  readonly milliseconds: number | null;
  /** Of a step that failed. */
  readonly code?: string | undefined;
  readonly exitCode?: number | undefined;
}

interface Told extends Error {
  readonly hint?: string;
  readonly code?: string;
}

/**
 * Goes from step to step until one fails; those behind it could only repeat what it said.
 * @param now milliseconds, monotonic
 */
export async function* examine(
  steps: readonly Step[],
  about: Case,
  now: () => number,
): AsyncGenerator<Verdict, void, undefined> {
  let failed: string | undefined;
  for (const step of steps) {
    const { name } = step;
    if (failed !== undefined) {
      yield {
        step: name,
        verdict: 'skipped',
        says: `Not tried, as ${failed} failed.`,
        milliseconds: null,
      };
      continue;
    }
    const start = now();
    const milliseconds = (): number => Math.round(now() - start);
    try {
      const finding = await step.examine(about);
      yield { step: name, ...finding, milliseconds: milliseconds() };
    } catch (error) {
      about.context.signal.throwIfAborted();
      failed = name;
      const { message, hint, code } = error as Told;
      yield {
        step: name,
        verdict: 'failed',
        // Only errors made to be read have a hint; others may say anything.
        says: hint === undefined ? 'This step failed in a way it should not.' : message,
        remedy: hint ?? 'This is a mistake in rollcall: please report it.',
        milliseconds: milliseconds(),
        code,
        exitCode: exitCodeOf(error),
      };
    }
  }
}
