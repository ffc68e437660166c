import { once } from 'node:events';

import type { Response } from 'express';

/** Bytes handed over at once; a reader has to take so many within the stall limit. */
const chunkLength = 64 * 1024;

/**
 * Writes `text` no faster than the reader takes it: a page is not even asked for while the last one waits here.
 * @param stall milliseconds that the reader may take nothing
 * @throws what aborted the call, or a TimeoutError when the reader stalls
 */
export async function writeThrough(
  response: Response,
  text: string,
  { signal, stall }: { readonly signal: AbortSignal; readonly stall: number },
): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let start = 0; start < bytes.length; start += chunkLength) {
    signal.throwIfAborted();
    if (response.write(bytes.subarray(start, start + chunkLength))) continue;
    await drained(response, signal, stall);
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
