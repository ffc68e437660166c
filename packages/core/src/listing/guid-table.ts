/** A set of GUIDs in lower case, 16 bytes each: a hash table with open addressing over typed arrays. */
export interface GuidTable {
  /** @returns false when it was added before, undefined when `text` is not a GUID in lower case */
  add(text: string): boolean | undefined;
  has(text: string): boolean;
  readonly size: number;
  /** Reserves memory for `count` ids, if none was added yet: a table that never grows leaves no garbage. */
  reserve(count: number): void;
  /** All ids in order, each followed by a line feed, in pieces. A piece is valid until the next one is requested. */
  lines(): Generator<Buffer>;
}

/** Segments grow one at a time, so that the peak of memory is the table and a 64th of it. */
const segments = 64;
const wordsPerId = 4;
/** The highest load at which linear probing stays short. */
const fullest = 0.85;
/** A segment grows by a quarter, so that at most a fifth of its memory is unused in addition to the load factor. */
const growth = 1.25;
const fewestSlots = 16;
/** The largest reservation: a wrong count must not allocate memory without limit. */
const mostExpected = 4_000_000;

/** `8-4-4-4-12` digits and a line feed. */
const lineLength = 37;
const hyphen = 45;
const lineFeed = 10;
/** The position of each of the 32 digits in the text. */
const positionOfDigit = Uint8Array.from({ length: 32 }, (_, digit) => {
  const hyphensBefore = [8, 12, 16, 20].filter((at) => digit >= at).length;
  return digit + hyphensBefore;
});
const hyphens = [8, 13, 18, 23] as const;

const digits = Buffer.from('0123456789abcdef');
/** The value of a digit by its character code; 16 when it is not a digit. */
const valueOf = new Uint8Array(128).fill(16);
for (const [value, code] of digits.entries()) valueOf[code] = value;

interface Segment {
  words: Uint32Array;
  used: number;
}

/** Fills `words` with the 128 bits. @returns false when the text is not a GUID in lower case */
function parseGuid(text: string, words: Uint32Array): boolean {
  if (text.length !== lineLength - 1) return false;
  for (const at of hyphens) if (text.charCodeAt(at) !== hyphen) return false;
  for (let word = 0; word < wordsPerId; word += 1) {
    let bits = 0;
    for (let digit = word * 8; digit < word * 8 + 8; digit += 1) {
      const value = valueOf[text.charCodeAt(positionOfDigit[digit] ?? 0)] ?? 16;
      if (value === 16) return false;
      bits = (bits << 4) | value;
    }
    words[word] = bits;
  }
  return true;
}

/** Writes the id at `at` of `words` as a line. */
function writeLine(words: Uint32Array, at: number, line: Buffer, start: number): void {
  for (let word = 0; word < wordsPerId; word += 1) {
    const bits = words[at + word] ?? 0;
    for (let digit = 0; digit < 8; digit += 1)
      line[start + (positionOfDigit[word * 8 + digit] ?? 0)] =
        digits[(bits >>> (28 - 4 * digit)) & 15] ?? 0;
  }
  for (const position of hyphens) line[start + position] = hyphen;
  line[start + lineLength - 1] = lineFeed;
}

/** All zeros marks a free slot. */
function isFree(words: Uint32Array, at: number): boolean {
  return words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0;
}

/** The slot in `words` for the id at `from` of `ids`: the one that contains it, or the free one for it. */
function slotOf(words: Uint32Array, ids: Uint32Array, from: number): number {
  const a = ids[from] ?? 0;
  const b = ids[from + 1] ?? 0;
  const c = ids[from + 2] ?? 0;
  const d = ids[from + 3] ?? 0;
  // Ids are random, except those of tests and of attackers: they are mixed, so that no pattern fills one region.
  const mixed =
    Math.imul(
      a ^ Math.imul(b ^ Math.imul(c ^ Math.imul(d, 0x9e3779b1), 0x85ebca77), 0xc2b2ae3d),
      0x27d4eb2f,
    ) >>> 0;
  const slots = words.length / wordsPerId;
  // The high bits of the product are the slot, so that the number of slots need not be a power of two.
  let at = Math.floor(((mixed ^ (mixed >>> 15)) >>> 0) * (slots / 2 ** 32)) * wordsPerId;
  while (
    !isFree(words, at) &&
    (words[at] !== a || words[at + 1] !== b || words[at + 2] !== c || words[at + 3] !== d)
  )
    at = (at + wordsPerId) % words.length;
  return at;
}

function put(words: Uint32Array, at: number, ids: Uint32Array, from: number): void {
  for (let word = 0; word < wordsPerId; word += 1) words[at + word] = ids[from + word] ?? 0;
}

function grow(segment: Segment): void {
  const old = segment.words;
  const slots = Math.ceil((old.length / wordsPerId) * growth);
  segment.words = new Uint32Array(slots * wordsPerId);
  for (let from = 0; from < old.length; from += wordsPerId)
    if (!isFree(old, from)) put(segment.words, slotOf(segment.words, old, from), old, from);
}

/** The slots of the ids of a segment, sorted by id. */
function inOrder({ words, used }: Segment): Uint32Array {
  const places = new Uint32Array(used);
  let found = 0;
  for (let at = 0; at < words.length; at += wordsPerId)
    if (!isFree(words, at)) places[found++] = at;
  return places.toSorted((one, other) => {
    for (let word = 0; word < wordsPerId; word += 1) {
      const difference = (words[one + word] ?? 0) - (words[other + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

export function createGuidTable(): GuidTable {
  const table: Segment[] = Array.from({ length: segments }, () => ({
    words: new Uint32Array(fewestSlots * wordsPerId),
    used: 0,
  }));
  const id = new Uint32Array(wordsPerId);
  let size = 0;
  // All zeros marks a free slot, so that the nil GUID is stored separately.
  let nil = false;
  return {
    add(text) {
      if (!parseGuid(text, id)) return undefined;
      if (isFree(id, 0)) {
        if (nil) return false;
        nil = true;
        size += 1;
        return true;
      }
      const segment = table[(id[0] ?? 0) >>> 26] as Segment;
      const at = slotOf(segment.words, id, 0);
      if (!isFree(segment.words, at)) return false;
      put(segment.words, at, id, 0);
      segment.used += 1;
      size += 1;
      if (segment.used > (segment.words.length / wordsPerId) * fullest) grow(segment);
      return true;
    },
    has(text) {
      if (!parseGuid(text, id)) return false;
      if (isFree(id, 0)) return nil;
      const { words } = table[(id[0] ?? 0) >>> 26] as Segment;
      return !isFree(words, slotOf(words, id, 0));
    },
    get size() {
      return size;
    },
    reserve(count) {
      const mean = Math.min(count, mostExpected) / segments;
      // Ids are random: very few segments have more than four standard deviations above the mean.
      const slots = Math.ceil((mean + 4 * Math.sqrt(mean)) / fullest) + 1;
      if (size > 0 || slots <= fewestSlots) return;
      for (const segment of table) segment.words = new Uint32Array(slots * wordsPerId);
    },
    *lines() {
      const buffer = Buffer.alloc(Math.max(1, ...table.map(({ used }) => used)) * lineLength);
      if (nil) {
        writeLine(new Uint32Array(wordsPerId), 0, buffer, 0);
        yield buffer.subarray(0, lineLength);
      }
      for (const segment of table) {
        if (segment.used === 0) continue;
        for (const [nth, at] of inOrder(segment).entries())
          writeLine(segment.words, at, buffer, nth * lineLength);
        yield buffer.subarray(0, segment.used * lineLength);
      }
    },
  };
}
