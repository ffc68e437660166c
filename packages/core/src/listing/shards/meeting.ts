import type { ItemList } from '../../paging/item-list.ts';
import { createIdSet } from '../id-set.ts';
import type { OrderedShard } from './shard.ts';

/** Detects that two chains through the same users, in opposite orders, have met: then each user is on a page of one. */
export interface Meeting {
  readonly isMet: boolean;
  /** Whether both chains began with the same user, because the service ignores the order. */
  readonly isIgnored: boolean;
  /**
   * Records a page.
   * @param items the users of the page
   * @param fresh those that were not received before
   */
  pass(order: OrderedShard['order'], items: ItemList<unknown>, fresh: ItemList<unknown>): void;
  /** Records the first page of a chain. */
  begin(order: OrderedShard['order'], items: ItemList<unknown>): void;
}

/**
 * The chains have met when the last user of a page was received by the other chain: all users behind it were received
 * by that chain too. A single user elsewhere on the page can have been renamed meanwhile.
 */
export function createMeeting(): Meeting {
  const descending = createIdSet();
  const firsts = new Map<OrderedShard['order'], string>();
  let isMet = false;
  return {
    get isMet() {
      return isMet;
    },
    get isIgnored() {
      return firsts.size === 2 && new Set(firsts.values()).size === 1;
    },
    begin(order, items) {
      if (items.length > 0) firsts.set(order, items.id(0));
    },
    pass(order, items, fresh) {
      if (items.length === 0) return;
      const last = items.id(items.length - 1);
      const isKnown = fresh.length === 0 || fresh.id(fresh.length - 1) !== last;
      const isOfDescending = descending.has(last);
      if (order === 'descending')
        for (let at = 0; at < items.length; at += 1) descending.add(items.id(at));
      // A chain that was restarted receives its own users again.
      if (isKnown && isOfDescending === (order === 'ascending')) isMet = true;
    },
  };
}
