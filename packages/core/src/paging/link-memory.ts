import { createHash } from 'node:crypto';

/** Remembers the links of one chain by their hashes, to detect when the service leads back to an earlier page. */
export interface LinkMemory {
  has(link: string): boolean;
  add(link: string): void;
}

/** 128 bits exclude accidental collisions and are much shorter than a link. */
function keyOf(link: string): string {
  return createHash('sha256').update(link).digest('base64url').slice(0, 22);
}

export function createLinkMemory(): LinkMemory {
  const seen = new Set<string>();
  return {
    has: (link) => seen.has(keyOf(link)),
    add: (link) => void seen.add(keyOf(link)),
  };
}
