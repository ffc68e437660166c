import type { UserChange } from './changes.ts';

/** The last state of one user in a whole round. */
export type RoundChange<Item> =
  | {
      readonly removed?: undefined;
      /** A patch: an absent property did not change, a null property was cleared. */
      readonly user: Item;
      /** Whether the user was removed earlier in the same round, so that its former properties no longer apply. */
      readonly isRestored: boolean;
    }
  | {
      /** `changed`: deleted, but can be restored for 30 days; `deleted`: deleted permanently. */
      readonly removed: 'changed' | 'deleted';
      readonly user?: undefined;
    };

/**
 * Merges one more item into the change of its user. Graph promises no order within a round and can send the same user
 * several times, so that the order in which the items are received is the only one.
 */
export function mergeChange<Item extends object>(
  before: RoundChange<Item> | undefined,
  item: UserChange<Item>,
): RoundChange<Item> {
  const removed = item['@removed'];
  // A removal with another reason, or without one, is taken for the one that can be undone.
  if (removed) return { removed: removed.reason === 'deleted' ? 'deleted' : 'changed' };
  if (before === undefined) return { user: item, isRestored: false };
  // A restored user is sent like a new one, with all properties (Graph's docs, "Delta query").
  if (before.removed !== undefined) return { user: item, isRestored: true };
  // Spread defines properties instead of setting them, so that a key `__proto__` stays data.
  return { user: { ...before.user, ...item }, isRestored: before.isRestored };
}
