import { hash } from 'node:crypto';

import { isGuid } from '../guid.ts';

/** The position of a user's record in the file, in bytes. */
export interface RecordPosition {
  readonly offset: number;
  readonly length: number;
}

/**
 * The users of one export: for each the ID, the position of its record and a hash of its values; about 50 bytes in all.
 * Entries have numbers from 0, in the order of the file.
 */
export interface UserIndex {
  readonly size: number;
  /** Adds a user. @param values the text of the compared values. @returns false when the ID was added before */
  add(id: Uint32Array, position: RecordPosition, values: string): boolean;
  /** Returns the number of the entry with the ID of an entry of another index; -1 when there is none. */
  find(other: UserIndex, entry: number): number;
  positionOf(entry: number): RecordPosition;
  /** Returns whether an entry of another index has the same values. */
  isEqual(entry: number, other: UserIndex, otherEntry: number): boolean;
  /** The words of the IDs and hashes, for {@link find} and {@link isEqual} of another index. */
  readonly words: () => Uint32Array;
}

/** An ID has four words of 32 bits. */
const idWords = 4;
/** Two words: with a million users a changed user is missed once in 10^13 comparisons. */
const hashWords = 2;
const entryWords = idWords + hashWords;
const fewestEntries = 1024;
/** The highest load of the table. */
const fullest = 0.5;

/**
 * Returns the words of an object ID.
 * @returns undefined when the text is not a GUID
 */
export function wordsOfId(id: string): Uint32Array | undefined {
  if (!isGuid(id)) return undefined;
  return new Uint32Array([
    Number.parseInt(id.slice(0, 8), 16),
    Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
    Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16),
    Number.parseInt(id.slice(28), 16),
  ]);
}

/** Mixes the words of an ID, so that IDs with a pattern are spread over the table too. */
function slotOf(words: Uint32Array, from: number, slots: number): number {
  const mixed = Math.imul(
    (words[from] ?? 0) ^
      Math.imul(
        (words[from + 1] ?? 0) ^
          Math.imul(
            (words[from + 2] ?? 0) ^ Math.imul(words[from + 3] ?? 0, 0x9e3779b1),
            0x85ebca77,
          ),
        0xc2b2ae3d,
      ),
    0x27d4eb2f,
  );
  return ((mixed ^ (mixed >>> 15)) >>> 0) & (slots - 1);
}

function isSameId(words: Uint32Array, at: number, other: Uint32Array, from: number): boolean {
  for (let word = 0; word < idWords; word += 1)
    if (words[at + word] !== other[from + word]) return false;
  return true;
}

function grown<Kind extends Uint32Array | Float64Array>(array: Kind, larger: Kind): Kind {
  larger.set(array);
  return larger;
}

/** Creates an empty index: a hash table with open addressing over typed arrays. */
export function createUserIndex(): UserIndex {
  let capacity = fewestEntries;
  let words = new Uint32Array(capacity * entryWords);
  let offsets = new Float64Array(capacity);
  let lengths = new Uint32Array(capacity);
  /** The number of an entry plus one; 0 is a free slot. */
  let table = new Uint32Array(capacity / fullest);
  let size = 0;

  /** Returns the slot of an ID: the one of its entry, or the free one for it. */
  function locate(ids: Uint32Array, from: number): number {
    let slot = slotOf(ids, from, table.length);
    for (;;) {
      const entry = table[slot] ?? 0;
      if (entry === 0 || isSameId(words, (entry - 1) * entryWords, ids, from)) return slot;
      slot = (slot + 1) % table.length;
    }
  }

  function grow(): void {
    capacity *= 2;
    words = grown(words, new Uint32Array(capacity * entryWords));
    offsets = grown(offsets, new Float64Array(capacity));
    lengths = grown(lengths, new Uint32Array(capacity));
    table = new Uint32Array(capacity / fullest);
    for (let entry = 0; entry < size; entry += 1)
      table[locate(words, entry * entryWords)] = entry + 1;
  }

  return {
    get size() {
      return size;
    },
    add(id, { offset, length }, values) {
      if (size === capacity) grow();
      const slot = locate(id, 0);
      if (table[slot] !== 0) return false;
      const at = size * entryWords;
      words.set(id, at);
      const digest = hash('sha1', values, 'buffer');
      for (let word = 0; word < hashWords; word += 1)
        words[at + idWords + word] = digest.readUInt32LE(word * 4);
      offsets[size] = offset;
      lengths[size] = length;
      size += 1;
      table[slot] = size;
      return true;
    },
    find: (other, entry) => (table[locate(other.words(), entry * entryWords)] ?? 0) - 1,
    positionOf: (entry) => ({ offset: offsets[entry] ?? 0, length: lengths[entry] ?? 0 }),
    isEqual(entry, other, otherEntry) {
      const theirs = other.words();
      for (let word = idWords; word < entryWords; word += 1)
        if (words[entry * entryWords + word] !== theirs[otherEntry * entryWords + word])
          return false;
      return true;
    },
    words: () => words,
  };
}
