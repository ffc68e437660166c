/**
 * Writes `text` and resolves once the stream has handed it on, so that a slow reader slows the listing down
 * instead of filling memory.
 * @throws the stream's error, or `signal.reason` as soon as it is aborted
 */
export async function writeAll(
  stream: NodeJS.WritableStream,
  text: string,
  signal: AbortSignal,
): Promise<void> {
  if (text === '') return;
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  try {
    stream.write(text, (error?: Error | null) => {
      if (error) reject(error);
      else resolve();
    });
    await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
