import { untilAborted } from '../../until-aborted.ts';
import type { ChangeSignal } from './change-signal.ts';

/** One chain's access to the queue. It has at most one page in it. */
export interface QueueEntry<Result> {
  /** Waits until the page that the chain has received can be passed on. The chain must deliver it next. */
  readonly ready: () => Promise<void>;
  deliver(result: Result): void;
  /** Removes the page of a chain that ends instead of delivering it. */
  withdraw(): void;
}

/** The pages that were received and wait for the consumer, in the order in which they arrived. */
export interface PageQueue<Result> {
  readonly isEmpty: boolean;
  /** @param signal ends the wait of {@link QueueEntry.ready} */
  enter(signal: AbortSignal): QueueEntry<Result>;
  /**
   * Takes the page that has waited longest; undefined when none waits. It resolves to undefined when the chain ended
   * instead of delivering the page.
   */
  take(): Promise<Result | undefined> | undefined;
}

interface WaitingPage<Result> {
  readonly granted: PromiseWithResolvers<void>;
  readonly delivered: PromiseWithResolvers<Result | undefined>;
}

export function createPageQueue<Result>(change: ChangeSignal): PageQueue<Result> {
  const waiting: WaitingPage<Result>[] = [];
  return {
    get isEmpty() {
      return waiting.length === 0;
    },
    enter(signal) {
      let current: WaitingPage<Result> | undefined;
      return {
        async ready() {
          const page = {
            granted: Promise.withResolvers<void>(),
            delivered: Promise.withResolvers<Result | undefined>(),
          };
          current = page;
          waiting.push(page);
          change.announce();
          await untilAborted(page.granted.promise, signal);
        },
        deliver(result) {
          current?.delivered.resolve(result);
          current = undefined;
        },
        withdraw() {
          if (current === undefined) return;
          const at = waiting.indexOf(current);
          if (at >= 0) waiting.splice(at, 1);
          current.delivered.resolve(undefined);
          current = undefined;
        },
      };
    },
    take() {
      const next = waiting.shift();
      next?.granted.resolve();
      return next?.delivered.promise;
    },
  };
}
