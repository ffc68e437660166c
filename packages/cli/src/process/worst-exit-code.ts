import { exitCodes, internalError } from '@rollcall/core/command-line';

/** From the code that needs a person most to the one that the next run can heal. */
const order: readonly number[] = [
  internalError,
  exitCodes.integrity,
  exitCodes.output,
  exitCodes.authentication,
  exitCodes.permission,
  exitCodes.usage,
  exitCodes['not-found'],
  exitCodes.service,
  0,
];

/** Returns the worst of several exit codes: integrity first, then what a person has to correct, then the service. */
export function worstExitCode(codes: readonly number[]): number {
  return order.find((code) => codes.includes(code)) ?? codes[0] ?? 0;
}
