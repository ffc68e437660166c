import { createDice } from './draw.ts';
import { createLaggingCopy, type LaggingCopy } from './lagging-copy.ts';
import type { People, PeopleOptions } from './people.ts';

/**
 * The copies of the directory that answer requests. Since 2026 app-only reads of Graph are eventually consistent: each
 * request can reach another replica, and replicas lag (update of November 2026).
 */
export interface Replicas {
  /** Seconds by which each copy lags; empty when the directory itself answers. */
  readonly lags: readonly number[];
  /** @throws {TypeError} for what is not a list of at most eight numbers, 0 or more */
  setLags(seconds: unknown): void;
  /** Returns the directory that answers the next request: a copy drawn from the seed, or the directory itself. */
  next(): People;
}

const most = 8;

function readLags(given: unknown): readonly number[] {
  const isValid =
    Array.isArray(given) &&
    given.length <= most &&
    given.every((lag) => typeof lag === 'number' && Number.isFinite(lag) && lag >= 0);
  if (!isValid) throw new TypeError(`lagSeconds is a list of at most ${most} numbers, 0 or more`);
  return given as readonly number[];
}

/**
 * @param options those of the original
 * @param lagSeconds one number for each copy
 * @throws {TypeError} as `setLags`
 */
export function createReplicas(
  original: People,
  options: PeopleOptions & { readonly now: () => number },
  lagSeconds: unknown = [],
): Replicas {
  const roll = createDice(options.seed);
  const copies: LaggingCopy[] = [];
  let lags = readLags(lagSeconds);
  return {
    get lags() {
      return lags;
    },
    setLags(seconds) {
      lags = readLags(seconds);
    },
    next() {
      if (lags.length === 0) return original;
      const index = roll(lags.length);
      // A copy is made when it is first asked; it then receives all changes since the start.
      const copy = (copies[index] ??= createLaggingCopy(original, options));
      copy.catchUp(lags[index]!);
      return copy.people;
    },
  };
}
