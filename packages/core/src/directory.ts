import type { User } from '@microsoft/microsoft-graph-types';

import type { Page } from './pages/page.ts';
import type { Receipt } from './pages/receipt.ts';
import type { UserQuery } from './query/user-query.ts';

export interface CallOptions {
  /** Aborting it stops the request under way; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A listing under way: iterate it once, by user or by page. One page is in memory at a time. */
export interface UserListing extends AsyncIterable<User> {
  pages(): AsyncIterable<Page<User>>;
  /** What has come so far; `complete` only after the last page passed its checks. */
  receipt(): Receipt;
}

export interface Users {
  list(query?: UserQuery, options?: CallOptions): UserListing;
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
  count(query?: Pick<UserQuery, 'filter' | 'search'>, options?: CallOptions): Promise<number>;
}

/** The shape that Azure SDKs call a TokenCredential. */
export interface DirectoryCredential {
  getToken(
    scopes: string | readonly string[],
    options?: { readonly abortSignal?: AbortSignal; readonly claims?: string },
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/** One tenant, opened with one application's credential. */
export interface Directory extends AsyncDisposable {
  readonly users: Users;
  readonly credential: DirectoryCredential;
}
