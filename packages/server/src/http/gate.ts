import { RequestError } from '../errors/request-error.ts';

/** Accepts a limited number of requests at once and refuses the rest: a queue would only delay all of them. */
export interface Gate {
  /**
   * @param caller whose request it is; a share of the places is for each caller
   * @throws {RequestError} 503 with Retry-After when full
   */
  enter(caller: string): Disposable;
}

const busy = {
  status: 503,
  code: 'busy',
  graphCode: 'serviceNotAvailable',
  title: 'Too many concurrent requests',
  retryAfter: 5,
} as const;

const full = new RequestError({
  ...busy,
  detail:
    'The limit of concurrent requests of this kind is reached. Try again after the time in Retry-After.',
});

const shareUsed = new RequestError({
  ...busy,
  detail:
    'Your share of the concurrent requests of this kind is used. Finish one of them, or try again after the time in Retry-After.',
});

/** @param share the places that one caller can take */
export function createGate(places: number, share: number = places): Gate {
  const taken = new Map<string, number>();
  let all = 0;
  return {
    enter(caller) {
      const own = taken.get(caller) ?? 0;
      if (all >= places) throw full;
      if (own >= share) throw shareUsed;
      taken.set(caller, own + 1);
      all += 1;
      let isLeft = false;
      return {
        [Symbol.dispose]() {
          if (isLeft) return;
          isLeft = true;
          all -= 1;
          const left = (taken.get(caller) ?? 1) - 1;
          if (left === 0) taken.delete(caller);
          else taken.set(caller, left);
        },
      };
    },
  };
}
