import type { UserChange } from './changes.ts';

/** What a whole round says of one user. */
export type RoundChange<Item> =
  | {
      readonly removed?: undefined;
      /** A patch: what is absent did not change, what is null was emptied. */
      readonly user: Item;
      /** The user was removed before in the same round: nothing that was known counts any more. */
      readonly anew: boolean;
    }
  | {
      /** `changed`: in the recycle bin, and may come back for 30 days; `deleted`: gone for good. */
      readonly removed: 'changed' | 'deleted';
      readonly user?: undefined;
    };

/**
 * Lays one more item over what the round said of this user before. Graph promises no order within a round and may tell
 * the same user several times, so the order in which items came is the only one there is.
 */
export function mergeChange<Item extends object>(
  before: RoundChange<Item> | undefined,
  item: UserChange<Item>,
): RoundChange<Item> {
  const removed = item['@removed'];
  // Removals that give another reason, or none, claim no more than they must.
  if (removed) return { removed: removed.reason === 'deleted' ? 'deleted' : 'changed' };
  if (before === undefined) return { user: item, anew: false };
  // Somebody restored is told as somebody new, with all properties (Graph's docs, "Delta query").
  if (before.removed !== undefined) return { user: item, anew: true };
  // Spread defines properties and sets none, so that a key `__proto__` stays data.
  return { user: { ...before.user, ...item }, anew: before.anew };
}
