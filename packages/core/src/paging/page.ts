/** One page of a collection, checked. */
export interface Page<Item> {
  readonly items: readonly Item[];
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
