/** The usual capacity of a pipe, in bytes. */
const full = 64 * 1024;

/** One UTF-16 code unit needs at most three bytes in UTF-8. */
const mostBytesPerUnit = 3;

/**
 * Encodes texts as UTF-8, in chunks of about 64 kB. Each text is encoded directly into its chunk: V8 would store the
 * joined text with two bytes per character if a single name is not Latin-1, and copy it three times. Chunks of equal
 * size avoid fragmentation of the heap.
 *
 * @example
 * for (const bytes of bytesOf(sink.page(users))) await file.write(bytes);
 */
export function* bytesOf(texts: Iterable<string>): Generator<Uint8Array, void, undefined> {
  let bytes = Buffer.allocUnsafe(full);
  let length = 0;
  for (const text of texts) {
    const most = text.length * mostBytesPerUnit;
    if (length + most > bytes.length) {
      if (length > 0) yield bytes.subarray(0, length);
      bytes = Buffer.allocUnsafe(Math.max(full, most));
      length = 0;
    }
    length += bytes.write(text, length);
  }
  if (length > 0) yield bytes.subarray(0, length);
}
