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
  /** Properties to read; Graph's default eleven when absent. */
  readonly select?: Select | undefined;
  /** An OData filter expression, as Graph takes it. */
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
  /** `displayName`, `displayName desc` … */
  readonly orderBy?: readonly string[] | undefined;
  readonly expand?: Expand | undefined;
  /** Ask for the number of all matching users; it comes with the first page. */
  readonly count?: boolean | undefined;
  /**
   * Send an advanced query (`ConsistencyLevel: eventual` and `$count=true`), although no part is known to require it.
   * Parts that require it, such as `search` and `endsWith`, send one anyway.
   */
  readonly advanced?: boolean | undefined;
  /** Stop after this many users in all. */
  readonly limit?: number | undefined;
  /** Users in one page, 1 to 999; 999 when absent. */
  readonly pageSize?: number | undefined;
}
