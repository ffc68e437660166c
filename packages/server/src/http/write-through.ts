import { once } from 'node:events';

import type { Response } from 'express';

import type { Limits } from '../limits.ts';

/** Writes a stream no faster than its reader takes it. */
export interface Reader {
  /**
   * @throws what aborted the call, or a TimeoutError when the reader takes nothing for the stall limit, or less than
   *   the minimum rate
   */
  write(pieces: Iterable<Uint8Array>): Promise<void>;
}

export interface ReaderOptions extends Pick<Limits, 'stall' | 'readerRate'> {
  readonly signal: AbortSignal;
  /** In milliseconds; tests pass their own. */
  readonly now?: (() => number) | undefined;
}

function tooSlow(): DOMException {
  return new DOMException('the reader is too slow', 'TimeoutError');
}

async function drained(response: Response, signal: AbortSignal, limit: number): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(tooSlow()), limit);
  const either = AbortSignal.any([signal, stalled.signal]);
  try {
    await once(response, 'drain', { signal: either });
  } catch (error) {
    throw either.aborted ? either.reason : error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A reader that takes a byte now and then never stalls, and would keep its place. So its time is bounded by the bytes
 * that it gets: the time spent waiting for it must not exceed the stall limit and the time for all bytes at the
 * minimum rate.
 */
export function createReader(response: Response, options: ReaderOptions): Reader {
  const { signal, stall, readerRate, now = () => performance.now() } = options;
  let bytesWritten = 0;
  let waited = 0;
  return {
    async write(pieces) {
      for (const bytes of pieces) {
        signal.throwIfAborted();
        bytesWritten += bytes.length;
        if (response.write(bytes)) continue;
        const allowed = stall + (bytesWritten / readerRate) * 1000 - waited;
        if (allowed <= 0) throw tooSlow();
        const start = now();
        await drained(response, signal, Math.min(stall, allowed));
        waited += now() - start;
      }
      // A compressed response is otherwise held back until there is enough of it.
      (response as { readonly flush?: () => void }).flush?.();
    },
  };
}
