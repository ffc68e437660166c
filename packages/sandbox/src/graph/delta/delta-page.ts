import type { People } from '../../directory/people.ts';
import type { UserPropertyName } from '../../directory/user-values.ts';
import type { DeltaState } from './delta-token.ts';

/** One object of a delta page. */
export interface DeltaItem {
  readonly slot: number;
  /** The changed properties, if only those are requested; undefined for a new user. */
  readonly changed: ReadonlySet<UserPropertyName> | undefined;
}

export interface DeltaPage {
  readonly items: readonly DeltaItem[];
  /** Where the next page of this round begins; undefined at its end. */
  readonly next: number | undefined;
}

/** All users, soft-deleted ones included: a first round can contain removals too. */
export function baselinePage(
  people: People,
  { cursor, pageSize }: DeltaState,
  wanted: (slot: number) => boolean,
): DeltaPage {
  const items: DeltaItem[] = [];
  for (let slot = cursor; slot < people.slots; slot += 1) {
    if (people.presence(slot) === 'purged' || !wanted(slot)) continue;
    if (items.length === pageSize) return { items, next: slot };
    items.push({ slot, changed: undefined });
  }
  return { items, next: undefined };
}

/**
 * The lines of the history from `cursor` on. An object that changed twice comes once a page, but again on a later
 * page when its changes lie far apart: Graph promises no more.
 * @param tracked undefined when every property is
 */
export function changesPage(
  people: People,
  { cursor, pageSize, upTo }: DeltaState,
  wanted: (slot: number) => boolean,
  tracked: ReadonlySet<UserPropertyName> | undefined,
): DeltaPage {
  const found = new Map<number, Set<UserPropertyName> | undefined>();
  const history = people.changes(cursor, upTo);
  let read = 0;
  for (const { slot, kind, properties } of history) {
    const seen = properties.filter((name) => tracked === undefined || tracked.has(name));
    const relevant = wanted(slot) && (kind !== 'updated' || seen.length > 0);
    if (relevant && !found.has(slot) && found.size === pageSize) {
      return { items: toItems(found), next: cursor + read };
    }
    read += 1;
    if (!relevant) continue;
    const before = found.has(slot) ? found.get(slot) : new Set<UserPropertyName>();
    found.set(
      slot,
      kind === 'updated' && before !== undefined ? new Set([...before, ...seen]) : undefined,
    );
  }
  return { items: toItems(found), next: undefined };
}

function toItems(
  found: ReadonlyMap<number, Set<UserPropertyName> | undefined>,
): readonly DeltaItem[] {
  return [...found].map(([slot, changed]) => ({ slot, changed }));
}
