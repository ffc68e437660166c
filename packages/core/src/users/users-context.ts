import { BodyError } from '../errors/body-error.ts';
import { PermissionError } from '../errors/permission-error.ts';
import type { Pipeline } from '../graph/pipeline.ts';
import type { GraphRequest, PipelineRequest, ResponseInfo } from '../graph/graph-request.ts';
import type { RequestMetrics } from '../graph/request-metrics.ts';
import type { ListedTenant } from '../listing/receipt-builder.ts';
import { earlyNextLink } from '../paging/early-next-link.ts';
import type { LinkTarget } from '../paging/link.ts';
import type { ReceivedPage } from '../paging/page.ts';
import { type Identified, readPage } from '../paging/read-page.ts';
import type { Ports } from '../ports.ts';
import { allUsers } from '../query/collections/all-users.ts';
import type { Collection } from '../query/collections/collection.ts';
import type { UserQuery } from '../query/user-query.ts';
import { createDeadline } from '../retry/deadline.ts';
import { collectionError } from './collection-error.ts';
import type { CallOptions } from './users.ts';

/** What the operations on users share. */
export interface UsersContext {
  readonly pipeline: Pipeline;
  /** The Graph root, with its version. */
  readonly root: URL;
  readonly listed: ListedTenant;
  readonly ports: Pick<Ports, 'clock' | 'random' | 'log'>;
  /** The deadline of the settings for each call, in milliseconds. */
  readonly deadline?: number | undefined;
  readonly adminConsentUrl?: string | undefined;
  /** The default query of list, page and count: that of the settings' `endpoint`. */
  readonly defaults?: UserQuery | undefined;
}

/** What all requests of one call have in common. */
export type Call = Pick<PipelineRequest, 'signal' | 'deadline' | 'maxRetryAfter' | 'metrics'>;

export type PageRequest = Call &
  Pick<GraphRequest<unknown>, 'needs' | 'shouldStop'> & {
    /** The collection whose page is requested; all users when absent. */
    readonly collection?: Collection | undefined;
    /** Receives the next link while the page still arrives, when it is before the users. */
    readonly onNextLink?: ((link: string) => void) | undefined;
  };

/** Starts a call when its first request is sent: a listing can be created long before it is read. */
export function startCall(
  { ports, deadline: limit }: Pick<UsersContext, 'ports' | 'deadline'>,
  { signal, deadline = limit, maxRetryAfter }: CallOptions,
  metrics?: RequestMetrics,
): () => Call {
  let call: Call | undefined;
  return () =>
    (call ??= { signal, maxRetryAfter, metrics, deadline: createDeadline(ports.clock, deadline) });
}

export function invalidBody({ status, length, headers }: ResponseInfo): BodyError {
  return new BodyError('shape', {
    status,
    length,
    contentType: headers['content-type'],
    requestId: headers['request-id'],
  });
}

/** Where the next links of a collection can lead. */
export function linkTargetOf({ path }: Pick<Collection, 'path'>): LinkTarget {
  return path === '/users' ? 'users' : path;
}

/** @throws {PermissionError} when Graph omitted properties of the users because a permission is missing */
function requireAllProperties(
  { needs, isLimited }: Collection,
  { roles, headers }: ResponseInfo,
  adminConsentUrl: string | undefined,
): void {
  if (isLimited !== true || roles === undefined) return;
  const unmet = needs.filter(({ anyOf }) => !anyOf.some((role) => roles.includes(role)));
  if (unmet.length === 0) return;
  throw new PermissionError({
    missing: unmet.map(({ anyOf: [least] }) => least),
    adminConsentUrl,
    requestId: headers['request-id'],
    message:
      'The application is not allowed to read users: Graph returns only the IDs of members of groups.',
  });
}

/** Requests one page of users. */
export async function requestPage<Item extends Identified>(
  { pipeline, root, adminConsentUrl }: Pick<UsersContext, 'pipeline' | 'root' | 'adminConsentUrl'>,
  url: URL,
  headers: Readonly<Record<string, string>>,
  { collection = allUsers, onNextLink, ...request }: PageRequest,
): Promise<ReceivedPage<Item>> {
  const target = linkTargetOf(collection);
  try {
    return await pipeline.send({
      method: 'GET',
      url,
      headers,
      ...request,
      onStart(start) {
        const link = onNextLink && earlyNextLink(start, root, target);
        if (link !== undefined) onNextLink?.(link);
      },
      isPage: true,
      readsRoles: collection.isLimited,
      read(body, info) {
        requireAllProperties(collection, info, adminConsentUrl);
        return readPage<Item>(body, info, root, target);
      },
    });
  } catch (error) {
    throw collectionError(collection, error);
  }
}
