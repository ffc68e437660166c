import { DeadlineError } from '../errors/deadline-error.ts';
import type { Layer } from './graph-request.ts';
import { FinalError } from '../retry/final-error.ts';

/**
 * Limits the time of each attempt to `requestTimeout`, or to the remaining time of the call. Waiting for a token counts
 * as time of the call.
 * @param requestTimeout milliseconds
 */
export function attemptTimeout(requestTimeout: number): Layer {
  return (next) => async (request) => {
    const timeout = Math.min(requestTimeout, request.deadline.left());
    if (timeout === 0) throw new FinalError(new DeadlineError('answer'));
    return next({ ...request, timeout });
  };
}
