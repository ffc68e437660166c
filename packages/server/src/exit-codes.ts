import { DirectoryError, type ErrorCategory } from '@rollcall/core';

/** What whoever started us is told, by who must act: the codes of the command line program. */
const exitCodes = {
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

export function exitCodeOf(error: unknown): number {
  return error instanceof DirectoryError ? exitCodes[error.category] : internalError;
}
