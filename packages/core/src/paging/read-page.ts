import { BodyError, type BodyFacts } from '../errors/body-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { checkLink, type LinkTarget } from './link.ts';
import type { Page } from './page.ts';

/** The longest accepted id. Ids are opaque; Entra's are GUIDs of 36 characters. */
const longestId = 128;

/** A directory object as it was received. */
export interface Identified {
  readonly id: string;
}

function isIdentified(item: unknown): item is Identified {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const { id } = item as { id?: unknown };
  return typeof id === 'string' && id !== '' && id.length <= longestId;
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
): Page<Item> & { readonly deltaLink?: string | undefined } {
  const requestId = info.headers['request-id'];
  const fault: BodyFacts = {
    status: info.status,
    length: info.length,
    contentType: info.headers['content-type'],
    requestId,
  };
  if (typeof body !== 'object' || body === null) throw new BodyError('shape', fault);
  const fields = body as Record<string, unknown>;
  const items = fields['value'];
  if (!Array.isArray(items) || !items.every(isIdentified)) throw new BodyError('shape', fault);
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
    // Only the id of a user is checked: all other properties are passed on as the service sent them.
    items: items as readonly Identified[] as readonly Item[],
    link: next,
    count: typeof total === 'number' ? total : undefined,
    deltaLink,
    requestId,
    resourceUnits: Number.isFinite(units) ? units : undefined,
    retried: info.attempt > 1,
  };
}
