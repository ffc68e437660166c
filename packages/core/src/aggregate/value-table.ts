import { hash } from 'node:crypto';

/** Remembers for each value a number, in about 24 bytes per value and without the value itself. */
export interface ValueTable {
  /** Two words of a hash: of a million values, two are mistaken for equal with a chance of 1 in 10^7. */
  addOrGet(value: string, number: number): number | undefined;
}

/** Two words of a hash: of a million values, two different ones are taken for equal with a chance of 1 in 10^7. */
const hashWords = 2;
const fewestSlots = 2048;
const fullest = 0.6;

/** Creates an empty table with open addressing over typed arrays. */
export function createValueTable(): ValueTable {
  let slots = fewestSlots;
  let hashes = new Uint32Array(slots * hashWords);
  /** The numbers plus one; 0 is a free slot. */
  let numbers = new Float64Array(slots);
  let size = 0;

  function locate(low: number, high: number): number {
    let slot = low & (slots - 1);
    while (
      numbers[slot] !== 0 &&
      (hashes[slot * hashWords] !== low || hashes[slot * hashWords + 1] !== high)
    )
      slot = (slot + 1) & (slots - 1);
    return slot;
  }

  function put(low: number, high: number, stored: number): void {
    const slot = locate(low, high);
    hashes[slot * hashWords] = low;
    hashes[slot * hashWords + 1] = high;
    numbers[slot] = stored;
  }

  function grow(): void {
    const [oldHashes, oldNumbers] = [hashes, numbers];
    slots *= 2;
    hashes = new Uint32Array(slots * hashWords);
    numbers = new Float64Array(slots);
    for (const [slot, stored] of oldNumbers.entries())
      if (stored !== 0)
        put(oldHashes[slot * hashWords] ?? 0, oldHashes[slot * hashWords + 1] ?? 0, stored);
  }

  return {
    addOrGet(value, number) {
      const digest = hash('sha1', value, 'buffer');
      const [low, high] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
      const found = numbers[locate(low, high)] ?? 0;
      if (found !== 0) return found - 1;
      put(low, high, number + 1);
      size += 1;
      if (size > slots * fullest) grow();
      return undefined;
    },
  };
}
