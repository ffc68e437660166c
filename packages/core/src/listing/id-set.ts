import { createHash } from 'node:crypto';

import { createGuidTable } from './guid-table.ts';

/** Remembers which ids have been seen, in some 20 bytes each, and proves at the end which they were. */
export interface IdSet {
  /** False when it was there already. */
  add(id: string): boolean;
  readonly size: number;
  /** There will be about so many; a guess that saves memory, no promise. */
  reserve(count: number): void;
  /** SHA-256, in hex, over the ids sorted by code unit, each followed by a line feed. */
  digest(): string;
}

/**
 * Entra's ids are GUIDs in lower case and packed into 16 bytes; whatever else calls itself an id is kept as text.
 */
export function createIdSet(): IdSet {
  const guids = createGuidTable();
  const others = new Set<string>();
  return {
    add(id) {
      const added = guids.add(id);
      if (added !== undefined) return added;
      if (others.has(id)) return false;
      others.add(id);
      return true;
    },
    get size() {
      return guids.size + others.size;
    },
    reserve: (count) => guids.reserve(count),
    digest() {
      const hash = createHash('sha256');
      const rest = [...others].toSorted((a, b) => (a < b ? -1 : 1));
      let next = 0;
      for (const lines of guids.lines()) {
        if (next === rest.length) {
          hash.update(lines);
          continue;
        }
        for (const guid of lines.toString('latin1').trimEnd().split('\n')) {
          for (; next < rest.length && (rest[next] ?? '') < guid; next += 1)
            hash.update(`${rest[next]}\n`);
          hash.update(`${guid}\n`);
        }
      }
      for (; next < rest.length; next += 1) hash.update(`${rest[next]}\n`);
      return hash.digest('hex');
    },
  };
}
