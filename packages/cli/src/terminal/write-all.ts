/**
 * Writes `data` and resolves when the stream has passed it on, so that a slow reader slows down the listing instead of
 * filling memory.
 * @throws the stream's error, or `signal.reason` as soon as it is aborted
 */
export async function writeAll(
  stream: NodeJS.WritableStream,
  data: string | Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  if (data.length === 0) return;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    stream.write(data, (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
    await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
