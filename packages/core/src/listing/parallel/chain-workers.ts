import type { ChangeSignal } from './change-signal.ts';
import type { PageQueue } from './page-queue.ts';
import type { ChainPageOf, ParallelOptions } from './parallel-options.ts';

/** The workers that read the chains of one listing. */
export interface ChainWorkers {
  /** Whether no chain is left to read. */
  readonly isFinished: boolean;
  /** The first error of a chain. */
  readonly failure: { readonly error: unknown } | undefined;
  /** Stops all requests, and waits until none is pending. */
  stop(): Promise<void>;
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

/** Returns the chain with the most pages among those whose division was not attempted yet. */
function longestOf<Chain>(running: ReadonlySet<Reader<Chain>>): Reader<Chain> | undefined {
  return [...running]
    .filter(({ pages, isExamined }) => pages >= fewestPagesToDivide && !isExamined)
    .toSorted((one, other) => other.pages - one.pages)[0];
}

/** Starts the workers. Each one reads a chain to its end and takes the next; an idle one divides the longest chain. */
export function startWorkers<Chain, ChainPage>(
  options: ParallelOptions<Chain, ChainPage>,
  queue: PageQueue<ChainPageOf<Chain, ChainPage>>,
  change: ChangeSignal,
): ChainWorkers {
  const { workers } = options;
  const left = [...options.chains];
  const running = new Set<Reader<Chain>>();
  const stopping = new AbortController();
  let failure: ChainWorkers['failure'];
  let isFinished = false;

  async function readChain(reader: Reader<Chain>): Promise<void> {
    const { chain, controller } = reader;
    const signal = AbortSignal.any([stopping.signal, controller.signal]);
    const entry = queue.enter(signal);
    running.add(reader);
    try {
      for await (const page of options.read(chain, { signal, ready: entry.ready })) {
        reader.pages += 1;
        entry.deliver({ chain, page });
        change.announce();
      }
    } catch (error) {
      if (!reader.isReplaced) throw error;
    } finally {
      entry.withdraw();
      running.delete(reader);
      change.announce();
    }
  }

  /** Replaces the chain with the most pages by parts. @returns whether a chain was examined */
  async function divideLongest(): Promise<boolean> {
    // The consumer is the limit then, so that more requests would not help.
    if (!queue.isEmpty) return false;
    const longest = longestOf(running);
    if (longest === undefined) return false;
    longest.isExamined = true;
    const idle = workers - running.size;
    const parts = await options.divide(longest.chain, longest.pages, idle + 1);
    // The chain can have ended meanwhile.
    if (parts === undefined || !running.has(longest)) return true;
    longest.isReplaced = true;
    longest.controller.abort();
    left.push(...parts);
    change.announce();
    return true;
  }

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      const changed = change.next;
      const chain = left.shift();
      if (chain !== undefined) {
        const controller = new AbortController();
        await readChain({ chain, controller, pages: 0, isExamined: false, isReplaced: false });
      } else if (running.size === 0) return;
      else if (!(await divideLongest())) await changed;
    }
  }

  async function workOrFail(): Promise<void> {
    try {
      await work();
    } catch (error) {
      failure ??= { error };
      stopping.abort();
      change.announce();
    }
  }

  async function workAll(): Promise<void> {
    await Promise.all(Array.from({ length: workers }, workOrFail));
    isFinished = true;
    change.announce();
  }

  const finished = workAll();
  return {
    get isFinished() {
      return isFinished;
    },
    get failure() {
      return failure;
    },
    async stop() {
      stopping.abort();
      change.announce();
      await finished;
    },
  };
}
