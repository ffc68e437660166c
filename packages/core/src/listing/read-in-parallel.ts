import { untilAborted } from '../until-aborted.ts';

/** What a chain gets while it is read together with others. */
export interface ChainTurn {
  /** Aborted when the reading ends early, or when the chain was divided. */
  readonly signal: AbortSignal;
  /** Waits until the page that has been received can be passed on. The chain must yield it next. */
  readonly ready: () => Promise<void>;
}

export interface ParallelOptions<Chain, ChainPage> {
  readonly chains: readonly Chain[];
  /** The largest number of chains that are read at the same time. */
  readonly workers: number;
  read(chain: Chain, turn: ChainTurn): AsyncIterable<ChainPage>;
  /**
   * Returns the chains that replace one that takes longer than the others; undefined when it is not worth it.
   * @param pages how many pages of it were read
   * @param parts the number of chains that could be read at once
   */
  divide(chain: Chain, pages: number, parts: number): Promise<readonly Chain[] | undefined>;
}

/** A page, with its chain. */
export interface ChainPageOf<Chain, ChainPage> {
  readonly chain: Chain;
  readonly page: ChainPage;
}

/** A page that has been received and waits to be passed on. */
interface WaitingPage<Result> {
  readonly granted: PromiseWithResolvers<void>;
  /** Undefined when the chain ended instead of yielding the page. */
  readonly delivered: PromiseWithResolvers<Result | undefined>;
}

/** A chain that is being read. */
interface Reader<Chain> {
  readonly chain: Chain;
  readonly controller: AbortController;
  pages: number;
  /** Whether a division was attempted: it is not attempted twice. */
  isExamined: boolean;
  isReplaced: boolean;
}

/** A chain of fewer pages is not divided: its parts would read them again. */
const fewestPagesToDivide = 4;

/**
 * Reads several chains at the same time and passes their pages on one after another, in the order in which they arrive.
 * Each chain receives its next page while the consumer works on another one, and is at most one page ahead. When no
 * chain is left to start, the one with the most pages is divided. Ends with the first error of a chain; when it ends,
 * no request of a chain is pending any more.
 */
export async function* readInParallel<Chain, ChainPage>(
  options: ParallelOptions<Chain, ChainPage>,
): AsyncGenerator<ChainPageOf<Chain, ChainPage>, void, undefined> {
  type Result = ChainPageOf<Chain, ChainPage>;
  const { workers } = options;
  const queue = [...options.chains];
  const running = new Set<Reader<Chain>>();
  const waiting: WaitingPage<Result>[] = [];
  const stop = new AbortController();
  let change = Promise.withResolvers<void>();
  let failure: { readonly error: unknown } | undefined;
  let isFinished = false;

  function announce(): void {
    change.resolve();
    change = Promise.withResolvers();
  }

  async function readChain(reader: Reader<Chain>): Promise<void> {
    const signal = AbortSignal.any([stop.signal, reader.controller.signal]);
    let current: WaitingPage<Result> | undefined;
    const turn: ChainTurn = {
      signal,
      async ready() {
        const page = {
          granted: Promise.withResolvers<void>(),
          delivered: Promise.withResolvers<Result | undefined>(),
        };
        current = page;
        waiting.push(page);
        announce();
        await untilAborted(page.granted.promise, signal);
      },
    };
    try {
      for await (const page of options.read(reader.chain, turn)) {
        reader.pages += 1;
        current?.delivered.resolve({ chain: reader.chain, page });
        current = undefined;
        announce();
      }
    } finally {
      if (current !== undefined) {
        const at = waiting.indexOf(current);
        if (at >= 0) waiting.splice(at, 1);
        current.delivered.resolve(undefined);
      }
      running.delete(reader);
      announce();
    }
  }

  /** Replaces the chain with the most pages by parts. @returns whether a chain was examined */
  async function divideLongest(): Promise<boolean> {
    // The consumer is the limit then, so that more requests would not help.
    if (waiting.length > 0) return false;
    const [longest] = [...running]
      .filter(({ pages, isExamined }) => pages >= fewestPagesToDivide && !isExamined)
      .toSorted((one, other) => other.pages - one.pages);
    if (longest === undefined) return false;
    longest.isExamined = true;
    const idle = workers - running.size;
    const parts = await options.divide(longest.chain, longest.pages, idle + 1);
    // The chain can have ended meanwhile.
    if (parts === undefined || !running.has(longest)) return true;
    longest.isReplaced = true;
    longest.controller.abort();
    queue.push(...parts);
    announce();
    return true;
  }

  async function work(): Promise<void> {
    for (;;) {
      if (failure !== undefined) return;
      // Taken before the checks: a change that happens during them ends the wait too.
      const changed = change.promise;
      const chain = queue.shift();
      if (chain !== undefined) {
        const reader = {
          chain,
          controller: new AbortController(),
          pages: 0,
          isExamined: false,
          isReplaced: false,
        };
        running.add(reader);
        try {
          await readChain(reader);
        } catch (error) {
          if (!reader.isReplaced) throw error;
        }
      } else if (running.size === 0) return;
      else if (!(await divideLongest())) await changed;
    }
  }

  const workersDone = Array.from({ length: workers }, async () => {
    try {
      await work();
    } catch (error) {
      failure ??= { error };
      stop.abort();
      announce();
    }
  });
  const finished = (async () => {
    await Promise.all(workersDone);
    isFinished = true;
    announce();
  })();

  try {
    for (;;) {
      if (failure !== undefined) throw failure.error;
      const next = waiting.shift();
      if (next !== undefined) {
        next.granted.resolve();
        const result = await next.delivered.promise;
        if (result !== undefined) yield result;
      } else if (isFinished) return;
      else await change.promise;
    }
  } finally {
    failure ??= { error: new Error('The reading ended early.') };
    stop.abort();
    announce();
    await finished;
  }
}
