/**
 * Buffers for large bodies that are used again. Allocating half a megabyte for each page costs more than filling it,
 * because the garbage collector runs after every few pages.
 */
export interface BodyBuffers {
  /** A buffer of at least `size` bytes with arbitrary content. */
  take(size: number): Buffer;
  /** Gives a buffer back that nothing refers to any longer. Buffers that did not come from `take` are ignored. */
  release(buffer: Buffer): void;
}

const smallest = 2 ** 16;
const largest = 2 ** 22;
/** Buffers of one size that are kept: more responses than this are rarely sent at once. */
const mostOfOneSize = 64;

function roundUp(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(size, 1)));
}

export function createBodyBuffers(): BodyBuffers {
  const free = new Map<number, Buffer[]>();
  return {
    take(size) {
      if (size < smallest || size > largest) return Buffer.allocUnsafe(size);
      const rounded = roundUp(size);
      return free.get(rounded)?.pop() ?? Buffer.allocUnsafeSlow(rounded);
    },
    release(buffer) {
      const size = buffer.length;
      if (size < smallest || size > largest || size !== roundUp(size)) return;
      const list = free.get(size) ?? [];
      if (list.length < mostOfOneSize) list.push(buffer);
      free.set(size, list);
    },
  };
}
