import type { ErrorCategory } from '@rollcall/core';

/** What the shell is told, by who must act. Scripts rely on it: docs/errors.md has the same table. */
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

/** 128 + the signal's number, as a shell reports a program that a signal ended. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** 128 + SIGPIPE: the reader of standard output went away, so the list it has is not whole. */
export const readerGone = 141;

/** @returns the exit code for anything thrown */
export function exitCodeOf(error: unknown): number {
  const { category } = (error ?? {}) as { readonly category?: unknown };
  return typeof category === 'string' && Object.hasOwn(exitCodes, category)
    ? exitCodes[category as ErrorCategory]
    : internalError;
}
