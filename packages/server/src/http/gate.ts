import { RequestError } from '../errors/request-error.ts';

/** Accepts a limited number of requests at once and refuses the rest: a queue would only delay all of them. */
export interface Gate {
  /** @throws {RequestError} 503 with Retry-After when full */
  enter(): Disposable;
}

const full = new RequestError({
  status: 503,
  code: 'busy',
  graphCode: 'serviceNotAvailable',
  title: 'Too many concurrent requests',
  detail:
    'The limit of concurrent requests of this kind is reached. Try again after the time in Retry-After.',
  retryAfter: 5,
});

export function createGate(places: number): Gate {
  let taken = 0;
  return {
    enter() {
      if (taken >= places) throw full;
      taken += 1;
      let left = false;
      return {
        [Symbol.dispose]() {
          if (!left) taken -= 1;
          left = true;
        },
      };
    },
  };
}
