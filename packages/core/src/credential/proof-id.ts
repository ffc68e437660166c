import { createHash } from 'node:crypto';

/** Tells two proofs apart without holding either. */
export function proofIdOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(createHash('sha256').update(part).digest());
  return hash.digest('hex');
}
