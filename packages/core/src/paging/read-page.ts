import { BodyError, type BodyFacts } from '../errors/body-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import type { ResponseInfo } from '../graph/graph-request.ts';
import { checkLink, type Collection } from './link.ts';
import type { Page } from './page.ts';

/** Ids are opaque; Entra's are GUIDs of 36 characters. */
const longestId = 128;

/** An object of the directory, as it came. */
export interface Identified {
  readonly id: string;
}

function isIdentified(item: unknown): item is Identified {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const { id } = item as { id?: unknown };
  return typeof id === 'string' && id !== '' && id.length <= longestId;
}

/**
 * Checks one answer of a collection and makes a page of it. Runs inside the retry: a body of the wrong shape is
 * asked for again, a link that leads astray is not.
 * @throws {BodyError} when `value` is missing or holds something else than objects with ids, or a link is no text
 * @throws {ForeignLinkError} see {@link checkLink}
 * @throws {ProtocolError} when there are both links
 */
export function readPage<Item extends Identified>(
  body: unknown,
  facts: ResponseInfo,
  root: URL,
  collection: Collection,
): Page<Item> & { readonly deltaLink?: URL | undefined } {
  const requestId = facts.headers['request-id'];
  const fault: BodyFacts = {
    status: facts.status,
    length: facts.length,
    contentType: facts.headers['content-type'],
    requestId,
  };
  if (typeof body !== 'object' || body === null) throw new BodyError('shape', fault);
  const answer = body as Record<string, unknown>;
  const items = answer['value'];
  if (!Array.isArray(items) || !items.every(isIdentified)) throw new BodyError('shape', fault);
  const link = (name: string): URL | undefined => {
    const text = answer[name];
    if (text === undefined || text === null) return undefined;
    if (typeof text !== 'string' || text === '') throw new BodyError('shape', fault);
    return checkLink(text, root, collection);
  };
  const next = link('@odata.nextLink');
  const deltaLink = link('@odata.deltaLink');
  if (next !== undefined && deltaLink !== undefined)
    throw new ProtocolError('a page has both a next link and a delta link', { requestId });
  const units = Number(facts.headers['x-ms-resource-unit'] ?? Number.NaN);
  if (collection === 'delta' && next === undefined && deltaLink === undefined)
    throw new ProtocolError('the last page of a round has no delta link', { requestId });
  const total = answer['@odata.count'];
  return {
    // Of a user nothing but the id is checked: the rest is what the service says it is.
    items: items as readonly Identified[] as readonly Item[],
    link: next,
    count: typeof total === 'number' ? total : undefined,
    deltaLink,
    requestId,
    resourceUnits: Number.isFinite(units) ? units : undefined,
  };
}
