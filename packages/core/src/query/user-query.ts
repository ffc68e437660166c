import type { Inactivity } from './inactivity.ts';
import type { UserCollection } from './user-collection.ts';

/**
 * A query for users. The names are those of Graph without `$`. The types of the returned users follow from `select` and
 * `expand` as far as they are known at compile time.
 */
export interface UserQuery<
  Select extends readonly string[] = readonly string[],
  Expand extends string = string,
> {
  /** The collection of users; all users of the tenant when absent. */
  readonly of?: UserCollection | undefined;
  /** Select inactive users; for listings. All users are read, and the receipt counts read and selected users. */
  readonly inactive?: Inactivity | undefined;
  /** Add `licenses` to each user: the product names of its licenses; for listings. */
  readonly licenses?: boolean | undefined;
  /** Only users with this license: a product name, its last word (E5), a part number or a SKU ID; for listings. */
  readonly license?: string | undefined;
  /** Properties to read; the eleven default properties of Graph when absent. */
  readonly select?: Select | undefined;
  /** An OData filter expression. */
  readonly filter?: string | undefined;
  /** A search expression with its quotation marks: `"displayName:ada"`. */
  readonly search?: string | undefined;
  /** Properties to sort by, each with an optional direction: `displayName`, `displayName desc`. */
  readonly orderBy?: readonly string[] | undefined;
  /** A related object to include: `manager`. */
  readonly expand?: Expand | undefined;
  /** Request the number of all matching users with the first page. */
  readonly count?: boolean | undefined;
  /**
   * Send an advanced query (`ConsistencyLevel: eventual` and `$count=true`), although no part is known to require it.
   * Parts that require it, such as `search` and `endsWith`, send one anyway.
   */
  readonly advanced?: boolean | undefined;
  /** The maximum number of users of the whole listing. */
  readonly limit?: number | undefined;
  /** Users in one page, 1 to 999; 999 when absent. */
  readonly pageSize?: number | undefined;
}
