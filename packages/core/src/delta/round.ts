import { ProtocolError } from '../errors/protocol-error.ts';
import type { Identified } from '../paging/read-page.ts';
import type { ChangesPage, UserChange } from './changes.ts';
import { mergeChange, type RoundChange } from './round-change.ts';
import type { RoundEnd } from './round-end.ts';

/** One whole delta round in memory: every change between two moments, and where the next round begins. */
export interface Round<Item> {
  /** Whether all users are in it, so that a user that is not in it was deleted. Other rounds contain changes only. */
  readonly first: boolean;
  /** By id: the last change of every user in the round. */
  readonly changes: ReadonlyMap<string, RoundChange<Item>>;
  readonly end: RoundEnd;
}

/**
 * Reads the pages of one round to its end. A partial round is useless: without its delta link, the changes that are
 * missing would not be in a later round either.
 * @throws {ProtocolError} when the pages end without a delta link; all that reading them throws
 *
 * @example
 * const round = await readRound(directory.users.changes(end));
 * copy = applyRound(copy, round);
 */
export async function readRound<Item extends Identified>(
  pages: AsyncIterable<ChangesPage<UserChange<Item>>>,
): Promise<Round<Item>> {
  const changes = new Map<string, RoundChange<Item>>();
  let last: ChangesPage<UserChange<Item>> | undefined;
  for await (const page of pages) {
    for (const item of page.items) changes.set(item.id, mergeChange(changes.get(item.id), item));
    last = page;
  }
  if (last?.end === undefined) throw new ProtocolError('a round ended without a delta link');
  return { first: last.isFirstRound, changes, end: last.end };
}
