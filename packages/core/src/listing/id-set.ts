import { createHash } from 'node:crypto';

import { createGuidTable } from './guid-table.ts';

/** Remembers which ids were seen, in about 20 bytes each, and computes a digest of them at the end. */
export interface IdSet {
  /** @returns false when the id was added before */
  add(id: string): boolean;
  has(id: string): boolean;
  readonly size: number;
  /** Reserves memory for about `count` ids; more or fewer can follow. */
  reserve(count: number): void;
  /** SHA-256, in hex, over the ids sorted by code unit, each followed by a line feed. */
  digest(): string;
}

/**
 * Entra's ids are GUIDs in lower case, which are stored in 16 bytes; any other id is stored as text.
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
    has: (id) => guids.has(id) || others.has(id),
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
