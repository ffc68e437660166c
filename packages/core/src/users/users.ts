import type { ChangesPage, UserChange } from '../delta/changes.ts';
import type { RoundEnd } from '../delta/round-end.ts';
import type { ListingResume, UserListing } from '../listing/listing.ts';
import type { Page } from '../paging/page.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { UserOutcome } from './user-outcome.ts';
import type { DefaultSelect, SelectedUser } from './selected-user.ts';

/** Options of every call. */
export interface CallOptions {
  /** Aborts the requests of the call; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Time limit for the whole call, all its pages and its token included, in milliseconds; that of the settings when
   * absent.
   */
  readonly deadline?: number | undefined;
  /** The longest wait that the service may ask for, in milliseconds; at most that of the settings. */
  readonly maxRetryAfter?: number | undefined;
}

/** Options of `users.list`. */
export interface ListOptions extends CallOptions {
  /** Continues an interrupted listing. */
  readonly resume?: ListingResume | undefined;
  /**
   * The number of requests at a time, 1 to 128; `off` reads one page after another. With `auto`, the default, a
   * listing of at least 10,000 users is divided by ranges of a property, and the number depends on the latency. A
   * parallel listing passes users on in no particular order. `orderBy`, `search` and `limit` turn it off.
   */
  readonly parallel?: 'auto' | 'off' | number | undefined;
}

/** What is read of each user. */
type Selection<Select extends readonly string[]> = Pick<UserQuery<Select>, 'select'>;

/** The options of operations on single users. */
type Content<Select extends readonly string[], Expand extends string> = Pick<
  UserQuery<Select, Expand>,
  'select' | 'expand'
>;

/**
 * The operations on the users of a tenant. Users are typed by `select`, or by Graph's default properties without it.
 * Every call throws {@link QueryError} when a parameter is invalid, and the errors of docs/reference/errors.md when a
 * request fails.
 */
export interface Users {
  /**
   * Lists all users that match a query, each exactly once: those of the tenant, or those of the collection `of`.
   * @throws {QueryError} when the query is invalid
   * @throws {ResumeError} when `resume` belongs to another tenant or query
   * @throws {ForeignLinkError} when a link of `resume` does not lead to the users of this tenant
   * @throws {NoSuchUserError} when the user of `of` does not exist
   * @throws {GroupError} when the group of `of` does not exist, or several groups have its name
   *
   * @example
   * const listing = directory.users.list({ select: ['id', 'mail'], filter: 'accountEnabled eq true' });
   * for await (const { id, mail } of listing) console.log(id, mail);
   * if (listing.receipt().reconciled !== true) console.warn('The number of users is not verified.');
   *
   * @example
   * for await (const user of directory.users.list({ of: 'deleted' })) console.log(user.displayName);
   */
  list<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    query?: UserQuery<Select, Expand>,
    options?: ListOptions,
  ): UserListing<SelectedUser<Select, Expand>>;
  /**
   * Returns one page, for a caller that stores its position: the first page of `query`, or the page of `link`. Pass the
   * same query with a link, because the headers that it needs are not part of the link. `limit` is ignored.
   * @throws {ForeignLinkError} when the link does not lead to the users of this tenant
   *
   * @example
   * const first = await directory.users.page({ pageSize: 50 });
   * const second = await directory.users.page({ pageSize: 50 }, { link: first.link });
   */
  page<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    query?: UserQuery<Select, Expand>,
    options?: CallOptions & { readonly link?: string | undefined },
  ): Promise<Page<SelectedUser<Select, Expand>>>;
  /**
   * Returns one user.
   * @param id an object id or a userPrincipalName
   * @throws {NoSuchUserError} when the user does not exist
   *
   * @example
   * const ada = await directory.users.get('ada@contoso.com', { select: ['displayName'] });
   */
  get<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    id: string,
    options?: CallOptions & Content<Select, Expand>,
  ): Promise<SelectedUser<Select, Expand>>;
  /**
   * Returns many users, 20 per request. Each id has its own outcome, in the order of the ids: the user, or the error.
   * @throws {DirectoryError} when no outcome can be received at all
   *
   * @example
   * for await (const outcome of directory.users.getMany(['ada@contoso.com', 'bob@contoso.com']))
   *   console.log(outcome.id, 'user' in outcome ? outcome.user.displayName : outcome.error.message);
   */
  getMany<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    ids: Iterable<string> | AsyncIterable<string>,
    options?: CallOptions & Content<Select, Expand>,
  ): AsyncIterable<UserOutcome<SelectedUser<Select, Expand>>>;
  /**
   * Reads one delta round, page by page. Only the last page has `end`, from which the next round begins: a round that
   * ends with an error has none, so that a part of a round cannot be taken for a whole one.
   * @param from the `end` of the round before, or its delta link; `latest` to begin at this moment; all users when
   *   absent. An `end` is checked by its age before anything is sent, with a warning from five days on
   * @throws {DeltaResetError} when the service no longer accepts the link (links expire after seven days)
   * @throws {ForeignLinkError} when the link does not lead to the users of this tenant
   *
   * @example
   * for await (const page of directory.users.changes(JSON.parse(stored))) {
   *   for (const user of page.items) console.log(user.id, user['@removed'] === undefined ? 'changed' : 'removed');
   *   if (page.end !== undefined) stored = JSON.stringify(page.end);
   * }
   */
  changes<const Select extends readonly string[] = DefaultSelect>(
    from?: RoundEnd | string,
    options?: CallOptions & Selection<Select>,
  ): AsyncIterable<ChangesPage<UserChange<SelectedUser<Select>>>>;
  /**
   * Returns the number of users that match a query, from Graph's `$count`.
   *
   * @example
   * await directory.users.count({ filter: 'accountEnabled eq false' });
   */
  count(
    query?: Pick<UserQuery, 'of' | 'filter' | 'search'>,
    options?: CallOptions,
  ): Promise<number>;
}
