import { startWorkers } from './chain-workers.ts';
import { createChangeSignal } from './change-signal.ts';
import { createPageQueue } from './page-queue.ts';
import type { ChainPageOf, ParallelOptions } from './parallel-options.ts';

/**
 * Reads several chains at the same time and passes their pages on one after another, in the order in which they arrive.
 * Each chain receives its next page while the consumer works on another one, and is at most one page ahead. When no
 * chain is left to start, the one with the most pages is divided. Ends with the first error of a chain; when it ends,
 * no request of a chain is pending any more.
 */
export async function* readInParallel<Chain, ChainPage>(
  options: ParallelOptions<Chain, ChainPage>,
): AsyncGenerator<ChainPageOf<Chain, ChainPage>, void, undefined> {
  const change = createChangeSignal();
  const queue = createPageQueue<ChainPageOf<Chain, ChainPage>>(change);
  const workers = startWorkers(options, queue, change);
  try {
    for (;;) {
      if (workers.failure !== undefined) throw workers.failure.error;
      const taken = queue.take();
      if (taken !== undefined) {
        const result = await taken;
        if (result !== undefined) yield result;
      } else if (workers.isFinished) return;
      else await change.next;
    }
  } finally {
    await workers.stop();
  }
}
