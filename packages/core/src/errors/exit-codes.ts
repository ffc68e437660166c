import type { ErrorCategory } from './codes.ts';

/**
 * Exit codes by category. Scripts rely on them: docs/reference/errors.md and docs/reference/commands.md have the same
 * table.
 */
export const exitCodes = {
  usage: 2,
  authentication: 3,
  permission: 4,
  service: 5,
  integrity: 6,
  output: 7,
  'not-found': 9,
} as const satisfies Record<ErrorCategory, number>;

/** The exit code for a bug in this project: EX_SOFTWARE of sysexits. */
export const internalError = 70;

/**
 * Returns the exit code for anything that was thrown. It depends on `category` and not on the class, so that it works
 * for the errors of front ends, and in a program that has two copies of this package.
 *
 * @example
 * process.exitCode = exitCodeOf(error);
 */
export function exitCodeOf(error: unknown): number {
  const { category } = (error ?? {}) as { readonly category?: unknown };
  return typeof category === 'string' && Object.hasOwn(exitCodes, category)
    ? exitCodes[category as ErrorCategory]
    : internalError;
}
