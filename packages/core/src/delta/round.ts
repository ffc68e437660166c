import { ProtocolError } from '../errors/protocol-error.ts';
import type { Clock } from '../ports.ts';
import type { ChangesPage, UserChange } from './changes.ts';
import type { RoundEnd } from './round-end.ts';
import type { Identified } from '../paging/read-page.ts';
import { mergeChange, type RoundChange } from './round-change.ts';

/** One whole delta round: every change between two moments, and where the next round begins. */
export interface Round<Item> extends RoundEnd {
  /** Everybody is in it, so whoever is not in it is gone. Other rounds hold changes only. */
  readonly first: boolean;
  /** By id: the last word about every user of whom the round told. */
  readonly changes: ReadonlyMap<string, RoundChange<Item>>;
}

/**
 * Reads the pages of one round to their end. There is no part of a round: what has no delta link yet may lack whatever
 * came next, and no later round would tell it.
 * @param first whether the pages began without a delta link
 * @throws {ProtocolError} when the pages end without a delta link; whatever reading them throws
 */
export async function readRound<Item extends Identified>(
  pages: AsyncIterable<ChangesPage<UserChange<Item>>>,
  { first, clock }: { readonly first: boolean; readonly clock: Pick<Clock, 'wall'> },
): Promise<Round<Item>> {
  const changes = new Map<string, RoundChange<Item>>();
  let deltaLink: URL | undefined;
  for await (const page of pages) {
    for (const item of page.items) changes.set(item.id, mergeChange(changes.get(item.id), item));
    ({ deltaLink } = page);
  }
  if (deltaLink === undefined) throw new ProtocolError('a round ended without a delta link');
  return { first, changes, deltaLink, readAt: new Date(clock.wall()) };
}
