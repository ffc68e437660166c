/** As much as a pipe takes at once, in bytes. */
const full = 64 * 1024;

/** UTF-16 takes three bytes of UTF-8 a unit at most. */
const mostBytesPerUnit = 3;

/**
 * The texts one after the other, as UTF-8, in pieces of some 64 kB. Each text is encoded straight into its place: joined
 * before, they would be one text of two bytes a character as soon as one name is Chinese, and be copied three times.
 * Pieces of one size leave no holes in the heap of the system.
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
