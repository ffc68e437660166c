/** A set of GUIDs in lower case, 16 bytes each, in open addressing over typed arrays. */
export interface GuidTable {
  /** False when it was there already, undefined when `text` is no GUID in lower case. */
  add(text: string): boolean | undefined;
  readonly size: number;
  /** All of them in order, some thousand at a time, so that sorting needs no second copy. */
  sorted(): Generator<readonly string[]>;
}

/** Growing doubles one of these at a time, so the peak is the table and a 64th of it. */
const segments = 64;
const wordsPerId = 4;
/** Where the hyphens are. */
const hyphens: ReadonlySet<number> = new Set([8, 13, 18, 23]);

interface Segment {
  words: Uint32Array;
  used: number;
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** Fills `words` with the 128 bits; false when the text is no GUID in lower case. */
function parseGuid(text: string, words: Uint32Array): boolean {
  if (text.length !== 36) return false;
  let word = 0;
  let digits = 0;
  for (let at = 0; at < 36; at += 1) {
    const code = text.charCodeAt(at);
    if (hyphens.has(at)) {
      if (code !== 45) return false;
      continue;
    }
    const digit = hexDigit(code);
    if (digit < 0) return false;
    word = (word << 4) | digit;
    digits += 1;
    if (digits % 8 === 0) words[digits / 8 - 1] = word;
  }
  return true;
}

function formatGuid(words: Uint32Array, at: number): string {
  let hex = '';
  for (let word = at; word < at + wordsPerId; word += 1)
    hex += (words[word] ?? 0).toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The slot of `id` in `words`: its own, or the free one where it belongs. All zeros is free. */
function slotOf(words: Uint32Array, id: Uint32Array): number {
  const [a = 0, b = 0, c = 0, d = 0] = id;
  // Ids are random, save those of tests and of attackers: mix, so that neither makes long chains.
  const mixed =
    Math.imul(
      a ^ Math.imul(b ^ Math.imul(c ^ Math.imul(d, 0x9e3779b1), 0x85ebca77), 0xc2b2ae3d),
      0x27d4eb2f,
    ) >>> 0;
  const slots = words.length / wordsPerId;
  // Any number of slots will do: the high bits of the product are the place.
  const start = Math.floor(((mixed ^ (mixed >>> 15)) >>> 0) * (slots / 2 ** 32));
  for (let at = start * wordsPerId; ; at = (at + wordsPerId) % words.length) {
    const [w = 0, x = 0, y = 0, z = 0] = [words[at], words[at + 1], words[at + 2], words[at + 3]];
    if ((w === a && x === b && y === c && z === d) || (w | x | y | z) === 0) return at;
  }
}

/** By a quarter, not by double: at most a fifth of the memory is ever unused beyond the load. */
function grow(segment: Segment): void {
  const old = segment.words;
  segment.words = new Uint32Array(Math.ceil((old.length / wordsPerId) * 1.25) * wordsPerId);
  for (let at = 0; at < old.length; at += wordsPerId) {
    const id = old.subarray(at, at + wordsPerId);
    if (id.some((word) => word !== 0)) segment.words.set(id, slotOf(segment.words, id));
  }
}

/** Linear probing stays short up to here. */
const fullest = 0.85;

export function createGuidTable(): GuidTable {
  const table: Segment[] = Array.from({ length: segments }, () => ({
    words: new Uint32Array(16 * wordsPerId),
    used: 0,
  }));
  const id = new Uint32Array(wordsPerId);
  let size = 0;
  // All zeros marks a free slot, so the nil GUID is remembered by itself.
  let nil = false;
  return {
    add(text) {
      if (!parseGuid(text, id)) return undefined;
      if (id.every((word) => word === 0)) {
        if (nil) return false;
        nil = true;
        size += 1;
        return true;
      }
      const segment = table[(id[0] ?? 0) >>> 26] as Segment;
      const at = slotOf(segment.words, id);
      if (
        segment.words[at] !== 0 ||
        segment.words[at + 1] !== 0 ||
        segment.words[at + 2] !== 0 ||
        segment.words[at + 3] !== 0
      )
        return false;
      segment.words.set(id, at);
      segment.used += 1;
      size += 1;
      if (segment.used > (segment.words.length / wordsPerId) * fullest) grow(segment);
      return true;
    },
    get size() {
      return size;
    },
    *sorted() {
      if (nil) yield [formatGuid(new Uint32Array(wordsPerId), 0)];
      for (const { words, used } of table) {
        if (used === 0) continue;
        const texts: string[] = [];
        for (let at = 0; at < words.length; at += wordsPerId)
          if (words[at] !== 0 || words[at + 1] !== 0 || words[at + 2] !== 0 || words[at + 3] !== 0)
            texts.push(formatGuid(words, at));
        yield texts.toSorted();
      }
    },
  };
}
