import type { User } from '@microsoft/microsoft-graph-types';

import type { ChangesPage } from '../pages/changes.ts';
import type { ListingResume, UserListing } from '../pages/listing.ts';
import type { Page } from '../pages/page.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { UserOutcome } from './get-many.ts';

export interface CallOptions {
  /** Aborting it stops the request under way; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The questions about users that a tenant can be asked. */
export interface Users {
  /**
   * @throws {QueryError} when the query cannot be asked
   * @throws {ResumeError} when `resume` belongs to another tenant or query
   * @throws {ForeignLinkError} when its link does not lead into this tenant's users
   */
  list(
    query?: UserQuery,
    options?: CallOptions & { readonly resume?: ListingResume | undefined },
  ): UserListing;
  /**
   * One page, for whoever keeps the place himself: the first of `query`, or the one that `link` names. Pass the same
   * query along with a link: the headers it needs are not part of the link. `limit` does not count here.
   * @throws {DirectoryError} E_FOREIGN_LINK when the link does not point into this tenant's users
   */
  page(
    query?: UserQuery,
    options?: CallOptions & { readonly link?: URL | undefined },
  ): Promise<Page<User>>;
  /** @throws {DirectoryError} E_NO_SUCH_USER when there is none by this object id or userPrincipalName */
  get(id: string, options?: CallOptions & Pick<UserQuery, 'select'>): Promise<User>;
  /**
   * Many users, twenty in a request. Each id has an outcome of its own, in the order given: the user, or the error.
   * @throws {DirectoryError} when no outcome can be had at all
   */
  getMany(
    ids: Iterable<string> | AsyncIterable<string>,
    options?: CallOptions & Pick<UserQuery, 'select'>,
  ): AsyncIterable<UserOutcome>;
  /**
   * One delta round, page by page: everything since `from`, which is the delta link that ended the round before, or
   * `latest` to begin at this moment; everybody when absent. The last page has the link for the next round.
   * @throws {DeltaResetError} when the service no longer knows the link (they live for seven days)
   * @throws {ForeignLinkError} when it does not lead into this tenant's users
   */
  changes(
    from?: URL | 'latest',
    options?: CallOptions & Pick<UserQuery, 'select'>,
  ): AsyncIterable<ChangesPage>;
  count(query?: Pick<UserQuery, 'filter' | 'search'>, options?: CallOptions): Promise<number>;
}
