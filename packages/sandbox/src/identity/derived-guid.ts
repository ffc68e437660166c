import { createHash } from 'node:crypto';

/** A GUID that is always the same for the same words, so that a seed gives the same tenant and applications. */
export function derivedGuid(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  // Version and variant bits of a random GUID.
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
