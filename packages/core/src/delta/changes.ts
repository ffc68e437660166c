import type { User } from '@microsoft/microsoft-graph-types';

import { BadRequestError } from '../errors/bad-request-error.ts';
import { DeltaResetError } from '../errors/delta-reset-error.ts';
import type { Page } from '../paging/page.ts';
import { followChain } from '../paging/chain.ts';
import type { Identified } from '../paging/read-page.ts';

/** A user as a delta round tells of it: a patch, in which what is absent did not change. */
export type UserChange<Item = User> = Item & {
  readonly '@removed'?: {
    /** `changed`: deleted, and may come back for 30 days; `deleted`: gone for good. */
    readonly reason: 'changed' | 'deleted';
  };
};

/** One page of a round; the same user may be on several, and the last word counts. */
export interface ChangesPage<Change = UserChange> extends Page<Change> {
  /** On the last page only: where the next round begins. Keep it after everything before it was kept. */
  readonly deltaLink?: URL | undefined;
}

export interface ChangesOptions<Change extends Identified> {
  /** The delta link of the round before, checked, or where a first round begins. */
  first(): URL;
  /** Asks for one page, retries included. */
  fetch(link: URL): Promise<Page<Change> & { readonly deltaLink?: URL | undefined }>;
}

/** Codes that Graph uses for a link that is too old, beside 410 (Graph's docs, "Delta query", "Error codes"). */
const forgotten: ReadonlySet<string | undefined> = new Set([
  'syncStateNotFound',
  'resyncRequired',
  'SyncStateNotFound',
  'ResyncRequired',
]);

function isForgotten(error: unknown): error is BadRequestError {
  return (
    error instanceof BadRequestError && (error.status === 410 || forgotten.has(error.graphCode))
  );
}

/**
 * Follows one round to its delta link. Where a 410 says to go is not looked at: a new round begins at our own address.
 * @throws {DeltaResetError} when the service no longer knows the link
 * @throws {ProtocolError} for circles, and for a last page without a delta link
 */
export async function* readChanges<Change extends Identified>(
  options: ChangesOptions<Change>,
): AsyncGenerator<ChangesPage<Change>, void, undefined> {
  const pages = followChain({
    first: options.first(),
    retries: () => 0,
    isExpired: () => false,
    restarted: () => {},
    fetch: (link) => options.fetch(link),
    take: (items) => [...items],
  });
  try {
    yield* pages;
  } catch (error) {
    if (!isForgotten(error)) throw error;
    throw new DeltaResetError({
      requestId: error.requestId,
      clientRequestId: error.clientRequestId,
      attempts: error.attempts,
      cause: error,
    });
  }
}
