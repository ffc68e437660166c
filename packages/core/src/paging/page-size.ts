import { BadRequestError } from '../errors/bad-request-error.ts';
import { BodyError } from '../errors/body-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';
import { complainsAboutPageSize } from '../graph/graph-error.ts';

/** Smaller pages than this do not help (our own judgement): from 999 users, five halvings. */
const smallest = 25;

/** After so many attempts a smaller first page is requested: at the first page nothing is lost by the change. */
const mostAttempts = 3;

/** Whether a page may have failed for its size: rejected for it, not ready in time, or larger than the limit. */
function isTooLarge(error: unknown): boolean {
  if (error instanceof BadRequestError)
    return error.status === 400 && complainsAboutPageSize(error.explanation);
  if (error instanceof BodyError) return error.fault === 'too-large';
  if (error instanceof TimeoutError) return error.phase !== 'connect';
  return error instanceof UnavailableError && error.status === 504;
}

/** The number of users per page that a chain requests. It is reduced when the service cannot return that many. */
export interface PageSize {
  readonly now: number;
  /** Whether the first page should be requested with fewer users instead of being retried. */
  readonly shouldStop: (error: unknown, attempt: number) => boolean;
  /** Halves the size when `error` says that pages are too large and smaller ones make sense. @returns whether it did */
  stepDown(error: unknown): boolean;
}

export function createPageSize(start: number): PageSize {
  let now = start;
  const canShrink = (error: unknown): boolean =>
    Math.floor(now / 2) >= smallest && isTooLarge(error);
  return {
    get now() {
      return now;
    },
    shouldStop: (error, attempt) => attempt >= mostAttempts && canShrink(error),
    stepDown(error) {
      if (!canShrink(error)) return false;
      now = Math.floor(now / 2);
      return true;
    },
  };
}
