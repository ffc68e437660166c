import type { ChangesPage, UserChange } from '../delta/changes.ts';
import type { ListingResume, UserListing } from '../listing/listing.ts';
import type { Page } from '../paging/page.ts';
import type { RoundEnd } from '../delta/round-end.ts';
import type { Round } from '../delta/round.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { UserOutcome } from './get-many.ts';
import type { DefaultSelect, SelectedUser } from './selected-user.ts';

export interface CallOptions {
  /** Aborting it stops the request under way; the call rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** One user at a time can be asked for with `select` alone. */
type Selection<Select extends readonly string[]> = Pick<UserQuery<Select>, 'select'>;

/**
 * The questions about users that a tenant can be asked. Users are typed by what is selected, and by Graph's default
 * properties where nothing is.
 */
export interface Users {
  /**
   * @throws {QueryError} when the query cannot be asked
   * @throws {ResumeError} when `resume` belongs to another tenant or query
   * @throws {ForeignLinkError} when its link does not lead into this tenant's users
   */
  list<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    query?: UserQuery<Select, Expand>,
    options?: CallOptions & { readonly resume?: ListingResume | undefined },
  ): UserListing<SelectedUser<Select, Expand>>;
  /**
   * One page, for whoever keeps the place himself: the first of `query`, or the one that `link` names. Pass the same
   * query along with a link: the headers it needs are not part of the link. `limit` does not count here.
   * @throws {DirectoryError} E_FOREIGN_LINK when the link does not point into this tenant's users
   */
  page<const Select extends readonly string[] = DefaultSelect, Expand extends string = never>(
    query?: UserQuery<Select, Expand>,
    options?: CallOptions & { readonly link?: URL | undefined },
  ): Promise<Page<SelectedUser<Select, Expand>>>;
  /** @throws {DirectoryError} E_NO_SUCH_USER when there is none by this object id or userPrincipalName */
  get<const Select extends readonly string[] = DefaultSelect>(
    id: string,
    options?: CallOptions & Selection<Select>,
  ): Promise<SelectedUser<Select>>;
  /**
   * Many users, twenty in a request. Each id has an outcome of its own, in the order given: the user, or the error.
   * @throws {DirectoryError} when no outcome can be had at all
   */
  getMany<const Select extends readonly string[] = DefaultSelect>(
    ids: Iterable<string> | AsyncIterable<string>,
    options?: CallOptions & Selection<Select>,
  ): AsyncIterable<UserOutcome<SelectedUser<Select>>>;
  /**
   * One delta round, page by page: everything since `from`, which is the delta link that ended the round before, or
   * `latest` to begin at this moment; everybody when absent. The last page has the link for the next round. A link that
   * comes with the moment it was got is judged by its age before anything is sent, with a warning from five days on.
   * @throws {DeltaResetError} when the service no longer knows the link (they live for seven days)
   * @throws {ForeignLinkError} when it does not lead into this tenant's users
   */
  changes<const Select extends readonly string[] = DefaultSelect>(
    from?: URL | RoundEnd | 'latest',
    options?: CallOptions & Selection<Select>,
  ): AsyncIterable<ChangesPage<UserChange<SelectedUser<Select>>>>;
  /**
   * One whole delta round, to be applied by `applyRound`: everything since the round `from`, or since `latest`, this moment;
   * everybody when absent. It is held in memory as a whole. The link remembers what the first round selected: select the
   * same, for the sake of types.
   * @throws {DirectoryError} what {@link Users.changes} throws; there is no part of a round
   */
  round<const Select extends readonly string[] = DefaultSelect>(
    from?: RoundEnd | 'latest',
    options?: CallOptions & Selection<Select>,
  ): Promise<Round<SelectedUser<Select>>>;
  count(query?: Pick<UserQuery, 'filter' | 'search'>, options?: CallOptions): Promise<number>;
}
