import { draw, scramble, unscramble } from './draw.ts';

const digits = new TextEncoder().encode('0123456789abcdef');
const dash = 45;
const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The `nth` hexadecimal digit of 32 bits, as a character code. */
function digit(word: number, nth: number): number {
  return digits[(word >>> (28 - 4 * nth)) & 15]!;
}

/**
 * A version 4 GUID of 122 of these bits. One call with 36 codes: joining short strings takes four times as long, and
 * every user of every page has an id.
 */
function guid(a: number, b: number, c: number, d: number): string {
  return String.fromCharCode(
    digit(a, 0),
    digit(a, 1),
    digit(a, 2),
    digit(a, 3),
    digit(a, 4),
    digit(a, 5),
    digit(a, 6),
    digit(a, 7),
    dash,
    digit(b, 0),
    digit(b, 1),
    digit(b, 2),
    digit(b, 3),
    dash,
    0x34,
    digit(b, 5),
    digit(b, 6),
    digit(b, 7),
    dash,
    digits[8 | (c >>> 30)]!,
    digit(c, 1),
    digit(c, 2),
    digit(c, 3),
    dash,
    digit(c, 4),
    digit(c, 5),
    digit(c, 6),
    digit(c, 7),
    digit(d, 0),
    digit(d, 1),
    digit(d, 2),
    digit(d, 3),
    digit(d, 4),
    digit(d, 5),
    digit(d, 6),
    digit(d, 7),
  );
}

/** Object ids of a seed: version 4 GUIDs that look random, never repeat, and tell their slot without an index. */
export interface ObjectIds {
  of(slot: number): string;
  /** The only slot that could have this id, or undefined if the text is not a GUID. Compare `of(slot)` with the id. */
  slotOf(id: string): number | undefined;
}

export function createObjectIds(seed: number): ObjectIds {
  const key = scramble(seed ^ 0x5f3759df);
  return {
    of(slot) {
      const a = scramble(slot ^ key);
      const b = draw(a ^ key, 1);
      const c = draw(a ^ key, 2);
      const d = draw(a ^ key, 3);
      return guid(a, b, c, d);
    },
    slotOf(id) {
      if (!shape.test(id)) return undefined;
      return (unscramble(Number.parseInt(id.slice(0, 8), 16)) ^ key) >>> 0;
    },
  };
}

/** The IDs of a seed, but for users whose ID is given. */
export function withGivenIds(
  ids: ObjectIds,
  given: readonly { readonly id?: unknown }[],
): ObjectIds {
  const slots = new Map<string, number>();
  for (const [slot, { id }] of given.entries())
    if (typeof id === 'string') slots.set(id.toLowerCase(), slot);
  if (slots.size === 0) return ids;
  return {
    of: (slot) => (given[slot]?.id as string | undefined) ?? ids.of(slot),
    slotOf: (id) => slots.get(id.toLowerCase()) ?? ids.slotOf(id),
  };
}
