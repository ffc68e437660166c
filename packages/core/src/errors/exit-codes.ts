import type { ErrorCategory } from './codes.ts';

/** What a shell is told, by who must act. Scripts rely on it: docs/errors.md and docs/cli.md have the same table. */
export const exitCodes = {
  usage: 2,
  authentication: 3,
  permission: 4,
  service: 5,
  integrity: 6,
  output: 7,
  locked: 8,
  'not-found': 9,
} as const satisfies Record<ErrorCategory, number>;

/** A mistake of ours: EX_SOFTWARE of sysexits. */
export const internalError = 70;

/**
 * The exit code for anything thrown. Goes by `category` and not by class, so that a front end's own errors count too, and
 * so that a program with two copies of this package gets the same answer.
 */
export function exitCodeOf(error: unknown): number {
  const { category } = (error ?? {}) as { readonly category?: unknown };
  return typeof category === 'string' && Object.hasOwn(exitCodes, category)
    ? exitCodes[category as ErrorCategory]
    : internalError;
}
