import { createHash } from 'node:crypto';

/** Remembers the links of one listing by their hashes, to notice when the service leads us in a circle. */
export interface LinkMemory {
  has(link: URL): boolean;
  add(link: URL): void;
}

/** 128 bits are plenty, and short beside a link. */
function key(link: URL): string {
  return createHash('sha256').update(link.href).digest('base64url').slice(0, 22);
}

export function createLinkMemory(): LinkMemory {
  const seen = new Set<string>();
  return {
    has: (link) => seen.has(key(link)),
    add: (link) => void seen.add(key(link)),
  };
}
