import { BodyError, type BodyFacts } from '../errors/body-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { createItemList } from './item-list.ts';
import { checkLink, type LinkTarget } from './link.ts';
import type { ReceivedPage } from './page.ts';

/** A directory object as it was received. */
export interface Identified {
  readonly id: string;
}

/**
 * Checks one response of a collection and turns it into a page. It runs within the retry: a body of the wrong structure
 * is requested again, a link to another place is not.
 * @throws {BodyError} when `value` is missing or contains anything but objects with ids, or a link is not text
 * @throws {ForeignLinkError} see {@link checkLink}
 * @throws {ProtocolError} when the page has both links, or the last page of a delta round has none
 */
export function readPage<Item extends Identified>(
  body: unknown,
  info: ResponseInfo,
  root: URL,
  target: LinkTarget,
): ReceivedPage<Item> & { readonly deltaLink?: string | undefined } {
  const requestId = info.headers['request-id'];
  const fault: BodyFacts = {
    status: info.status,
    length: info.length,
    contentType: info.headers['content-type'],
    requestId,
  };
  // Only the ids of users are checked: all other properties are passed on as the service sent them.
  const items = info.objects && createItemList<Item>(info.objects);
  if (items === undefined) throw new BodyError('shape', fault);
  const fields = body as Readonly<Record<string, unknown>>;
  const link = (name: string): string | undefined => {
    const text = fields[name];
    if (text === undefined || text === null) return undefined;
    if (typeof text !== 'string' || text === '') throw new BodyError('shape', fault);
    return checkLink(text, root, target);
  };
  const next = link('@odata.nextLink');
  const deltaLink = link('@odata.deltaLink');
  if (next !== undefined && deltaLink !== undefined)
    throw new ProtocolError('a page has both a next link and a delta link', { requestId });
  if (target === 'delta' && next === undefined && deltaLink === undefined)
    throw new ProtocolError('the last page of a round has no delta link', { requestId });
  const units = Number(info.headers['x-ms-resource-unit'] ?? Number.NaN);
  const total = fields['@odata.count'];
  return {
    items,
    link: next,
    count: typeof total === 'number' ? total : undefined,
    deltaLink,
    requestId,
    resourceUnits: Number.isFinite(units) ? units : undefined,
    retried: info.attempt > 1,
  };
}
