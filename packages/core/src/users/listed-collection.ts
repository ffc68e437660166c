import { ResumeError } from '../errors/resume-error.ts';
import type { ListingResume } from '../listing/listing.ts';
import type { ReceiptBuilder } from '../listing/receipt-builder.ts';
import { checkLink } from '../paging/link.ts';
import { collectionOf } from '../query/collections/collection-of.ts';
import type { Collection } from '../query/collections/collection.ts';
import type { UserQuery } from '../query/user-query.ts';
import type { ListedLicenses } from './list-licenses.ts';
import { resolveCollection } from './resolve-collection.ts';
import { type Call, linkTargetOf, type UsersContext } from './users-context.ts';

/** The collection of one listing. */
export interface ListedCollection {
  /** The query of the listing; once resolved, with the object ID of the owner of the collection. */
  readonly query: UserQuery;
  /** Looks up the owner if it is given by a name, and records the collection in the receipt. */
  resolve(): Promise<void>;
}

export interface ListedCollectionOptions {
  readonly query: UserQuery;
  readonly resume: ListingResume | undefined;
  readonly builder: ReceiptBuilder;
  readonly licenses: ListedLicenses;
  readonly call: () => Call;
}

/**
 * Checks that the links of an earlier run lead to the collection, and that it read no other collection: another user
 * can have the name of its owner meanwhile.
 * @throws {ResumeError} {@link ForeignLinkError}
 */
function checkResumedCollection(
  { receipt, chains }: ListingResume,
  collection: Collection,
  root: URL,
): void {
  for (const chain of chains)
    if (chain.state === 'open') checkLink(chain.link, root, linkTargetOf(collection));
  if (receipt.collection !== collection.path.slice(1))
    throw new ResumeError('it belongs to another collection');
}

/**
 * @throws {ResumeError} when `resume` belongs to another collection
 * @throws {ForeignLinkError} when one of its links leads elsewhere
 */
export function createListedCollection(
  context: Pick<UsersContext, 'pipeline' | 'root'>,
  { query, resume, builder, licenses, call }: ListedCollectionOptions,
): ListedCollection {
  let resolved = query;
  const given = collectionOf(query.of);
  if (resume !== undefined && given.owner?.isId !== false)
    checkResumedCollection(resume, given, context.root);
  return {
    get query() {
      return resolved;
    },
    async resolve() {
      const of = await resolveCollection(context, query.of, call());
      resolved = await licenses.resolve({ ...query, of });
      const collection = collectionOf(of);
      builder.recordCollection(collection.path);
      if (resume !== undefined) checkResumedCollection(resume, collection, context.root);
    },
  };
}
