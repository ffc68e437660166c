import { once } from 'node:events';

import type { Response } from 'express';

/**
 * Writes no faster than the reader takes it: a page is not even asked for while the last one waits here.
 * @param pieces each is handed over at once; a reader has to take so much within the stall limit
 * @param stall milliseconds that the reader may take nothing
 * @throws what aborted the call, or a TimeoutError when the reader stalls
 */
export async function writeThrough(
  response: Response,
  pieces: Iterable<Uint8Array>,
  { signal, stall }: { readonly signal: AbortSignal; readonly stall: number },
): Promise<void> {
  for (const bytes of pieces) {
    signal.throwIfAborted();
    if (!response.write(bytes)) await drained(response, signal, stall);
  }
}

async function drained(response: Response, signal: AbortSignal, stall: number): Promise<void> {
  const stalled = new AbortController();
  const timer = setTimeout(
    () => stalled.abort(new DOMException('the reader takes nothing', 'TimeoutError')),
    stall,
  );
  const either = AbortSignal.any([signal, stalled.signal]);
  try {
    await once(response, 'drain', { signal: either });
  } catch (error) {
    throw either.aborted ? either.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
