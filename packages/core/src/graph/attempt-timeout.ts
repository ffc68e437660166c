import { DeadlineError } from '../errors/deadline-error.ts';
import type { Layer } from './graph-request.ts';
import { FinalError } from '../retry/final-error.ts';

/**
 * Gives each attempt its time: `requestTimeout`, or what is left of the call. What came before the sending, the wait
 * for a token above all, has used its part of that already.
 * @param requestTimeout milliseconds
 */
export function attemptTimeout(requestTimeout: number): Layer {
  return (next) => async (request) => {
    const timeout = Math.min(requestTimeout, request.deadline.left());
    if (timeout === 0) throw new FinalError(new DeadlineError('answer'));
    return next({ ...request, timeout });
  };
}
