import { createHash } from 'node:crypto';
import type { People, User } from './people.ts';

/** Who is in the directory at this moment: what a listing is held against. */
export interface Truth {
  readonly users: number;
  /** Changes since the start; equal before and after a listing means that nothing moved meanwhile. */
  readonly revision: number;
  /** Hex, over the sorted ids, each followed by a line feed. */
  readonly sha256: string;
  /** Sorted by code unit. */
  readonly ids: readonly string[];
}

/** @param some the users of a collection; all users of the directory when absent */
export function tellTruth(people: People, some?: readonly User[]): Truth {
  const ids = some?.map(({ slot }) => people.idOf(slot)) ?? everyId(people);
  ids.sort();
  const hash = createHash('sha256');
  for (const id of ids) hash.update(`${id}\n`);
  return { users: ids.length, revision: people.revision, sha256: hash.digest('hex'), ids };
}

function everyId(people: People): string[] {
  const ids: string[] = [];
  for (let slot = 0; slot < people.slots; slot += 1) {
    if (people.presence(slot) === 'live') ids.push(people.idOf(slot));
  }
  return ids;
}
