import type { User } from '@microsoft/microsoft-graph-types';

import { BadRequestError } from '../errors/bad-request-error.ts';
import { DeltaResetError } from '../errors/delta-reset-error.ts';
import type { Log } from '../events.ts';
import { followChain, type PageSource } from '../paging/chain.ts';
import { type Page, type ReceivedPage, toPage } from '../paging/page.ts';
import type { Identified } from '../paging/read-page.ts';
import type { Clock } from '../ports.ts';
import type { RoundEnd } from './round-end.ts';

/** One change of a delta round: a patch of a user, in which an absent property did not change. */
export type UserChange<Item = User> = Item & {
  readonly '@removed'?: {
    /** `changed`: deleted, but can be restored for 30 days; `deleted`: deleted permanently. */
    readonly reason: 'changed' | 'deleted';
  };
};

/** One page of a delta round. A user can be on several pages; the last change counts. */
export interface ChangesPage<Change = UserChange> extends Page<Change> {
  /** Whether the round returns all users, so that a user that is not in it does not exist. */
  readonly isFirstRound: boolean;
  /**
   * On the last page only: where the next round begins. A round without it is incomplete. Store it after everything
   * before it was stored.
   */
  readonly end?: RoundEnd | undefined;
}

export interface ChangesOptions<Change extends Identified> {
  /** The delta link of the round before, or the URL of a first round. */
  first(): URL;
  /** Requests one page, retries included. */
  fetch(link: URL): Promise<ReceivedPage<Change> & { readonly deltaLink?: string | undefined }>;
  readonly isFirstRound: boolean;
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
}

/** Graph's codes for an expired delta link, in addition to status 410 (Graph's docs, "Delta query", "Error codes"). */
const expiredCodes: ReadonlySet<string | undefined> = new Set([
  'syncStateNotFound',
  'resyncRequired',
  'SyncStateNotFound',
  'ResyncRequired',
]);

function isExpired(error: unknown): error is BadRequestError {
  return (
    error instanceof BadRequestError && (error.status === 410 || expiredCodes.has(error.graphCode))
  );
}

/**
 * Reads one delta round, one page in memory at a time. The `Location` header of a 410 is not used: a new first round
 * begins at our own URL.
 * @throws {DeltaResetError} when the service no longer accepts the link
 * @throws {ProtocolError} for circles, and for a last page without a delta link
 */
export async function* readChanges<Change extends Identified>(
  options: ChangesOptions<Change>,
): AsyncGenerator<ChangesPage<Change>, void, undefined> {
  const { isFirstRound, clock, log } = options;
  const source: PageSource<Awaited<ReturnType<typeof options.fetch>>> = {
    firstUrl: () => options.first(),
    fetch: (url) => options.fetch(url),
  };
  try {
    const pages = followChain({ source, onExpiry: 'fail', log, accept: (items) => items });
    for await (const { deltaLink, ...page } of pages) {
      const readAt = new Date(clock.wall()).toISOString();
      const end = deltaLink === undefined ? {} : { end: { deltaLink, readAt } };
      yield Object.assign(toPage(page), { isFirstRound, ...end });
    }
  } catch (error) {
    if (!isExpired(error)) throw error;
    throw new DeltaResetError({
      requestId: error.requestId,
      clientRequestId: error.clientRequestId,
      attempts: error.attempts,
      cause: error,
    });
  }
}
