/** Texts in a few large buffers: a million texts of 40 characters take 42 MB, in place of 80 MB as strings. */
export interface TextStore {
  /** Adds a text. @returns its number, to {@link get} it */
  add(text: string): number;
  get(number: number): string;
}

const chunkBytes = 1024 * 1024;

/** Creates an empty store. The number of a text is its position in all chunks, which has its length before it. */
export function createTextStore(): TextStore {
  const chunks: Buffer[] = [];
  let used = chunkBytes;
  return {
    add(text) {
      // The length takes two bytes; longer texts are cut, which names of users never are.
      const bytes = Buffer.from(text, 'utf8').subarray(0, 0xffff);
      if (used + 2 + bytes.length > chunkBytes) {
        chunks.push(Buffer.alloc(chunkBytes));
        used = 0;
      }
      const chunk = chunks.at(-1) as Buffer;
      const number = (chunks.length - 1) * chunkBytes + used;
      chunk.writeUInt16LE(bytes.length, used);
      bytes.copy(chunk, used + 2);
      used += 2 + bytes.length;
      return number;
    },
    get(number) {
      const chunk = chunks[Math.floor(number / chunkBytes)];
      const at = number % chunkBytes;
      if (chunk === undefined) throw new RangeError(`The store has no text ${number}.`);
      return chunk.toString('utf8', at + 2, at + 2 + chunk.readUInt16LE(at));
    },
  };
}
