import { BadRequestError } from '../errors/bad-request-error.ts';
import { BodyError } from '../errors/body-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { UnavailableError } from '../errors/unavailable-error.ts';

/** Smaller pages than this help nobody (our own judgement): from 999 users, five halvings. */
const smallest = 25;

/** So often is a large first page asked for before a smaller one is: nothing is lost by changing it then. */
const patience = 3;

/**
 * Graph has no code for it: `Request_UnsupportedQuery` is said of much else, so its words must do ("Invalid page size
 * specified: '1000'", "Cannot query data for more than 120 users at a time"). A wrong guess costs five requests.
 */
const saysPageSize = /page size|\$top|users at a time/iu;

/** Whether a page may have failed for its size: refused for it, not ready in time, longer than we take. */
function isTooLarge(error: unknown): boolean {
  if (error instanceof BadRequestError)
    return error.status === 400 && saysPageSize.test(error.explanation ?? '');
  if (error instanceof BodyError) return error.fault === 'too-large';
  if (error instanceof TimeoutError) return error.phase !== 'connect';
  return error instanceof UnavailableError && error.status === 504;
}

/** How many users a listing asks for in a page, which becomes fewer when the service cannot give so many. */
export interface PageSize {
  readonly now: number;
  /** Whether the first page should be asked for with fewer users instead of once more. */
  readonly shouldStop: (error: unknown, attempt: number) => boolean;
  /** Halves it, where `error` says that pages are too large and smaller ones make sense. @returns whether it did */
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
    shouldStop: (error, attempt) => attempt >= patience && canShrink(error),
    stepDown(error) {
      if (!canShrink(error)) return false;
      now = Math.floor(now / 2);
      return true;
    },
  };
}
