/** One answer of the service, checked. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the listing goes on; absent on the last page. Opaque: send it back unchanged. */
  readonly link?: URL | undefined;
  /** How many users match in all; on the first page of a query that asked to `count`. */
  readonly count?: number | undefined;
  /** What the page cost, in Graph's resource units, where the service said. */
  readonly resourceUnits?: number | undefined;
  /** The service's name for the request. */
  readonly requestId?: string | undefined;
}
