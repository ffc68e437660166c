import type { JsonItems } from '../json-items.ts';
import type { ItemList } from './item-list.ts';

/** One page of a collection, checked. */
export interface Page<Item> {
  /** The items, parsed when they are read for the first time. */
  readonly items: readonly Item[];
  /** The same items, not parsed. Absent when the page was not received from a service, and in copies of a page. */
  readonly json?: JsonItems | undefined;
  /** The ids of all users of the page that was received, when only some of them are passed on as `items`. */
  readonly readIds?: readonly string[] | undefined;
  /**
   * The link to the next page; absent on the last page. Opaque: send it back unchanged. It can contain personal data.
   */
  readonly link?: string | undefined;
  /** The number of users that match; on the first page of a query that requests it. */
  readonly count?: number | undefined;
  /** The cost of the page in Graph's resource units, if the service stated it. */
  readonly resourceUnits?: number | undefined;
  /** The service's id of the request. */
  readonly requestId?: string | undefined;
  /**
   * Whether the page was received after a retry. Its link can expire earlier than others (Graph's docs, "Paging", on
   * tokens of failed requests), so that a listing restarts from a page without one.
   */
  readonly retried: boolean;
}

/** A page as it was received. */
export interface ReceivedPage<Item> extends Omit<Page<Item>, 'items' | 'json'> {
  readonly items: ItemList<Item>;
}

/**
 * Returns a received page for a consumer. A copy such as `{ ...page, items }` has no `json`: the users of a copy can
 * have been changed, and what was removed from them must not be written from the bytes of the service.
 */
export function toPage<Item>({ items: json, ...rest }: ReceivedPage<Item>): Page<Item> {
  let parsed: readonly Item[] | undefined;
  const page: Page<Item> = {
    ...rest,
    get items() {
      return (parsed ??= json.parse());
    },
  };
  return Object.defineProperty(page, 'json', { value: json, enumerable: false });
}
