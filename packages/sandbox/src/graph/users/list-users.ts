import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { mayReadUsers } from '../caller.ts';
import { directoryBadRequest, unsupportedQuery } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { expiredPageToken, pageTokenNotFound } from '../paging/refused-token.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import type { PagePosition } from '../paging/page-token.ts';
import { selectContext } from '../query/select.ts';
import { createExpansionWriter } from './expansion-writer.ts';
import type { PageOfUsers } from './user-pages.ts';
import { parseUserQuery, type UserQuery } from './user-query.ts';
import type { UserSet } from './user-set.ts';
import { createLimitedWriter, createUserWriter } from './user-writer.ts';
import { versionRoot } from '../version-root.ts';

/** @throws {GraphError} 400 for a token that is not of this query, or too old */
function readPosition(
  directory: Directory,
  query: string,
  { options }: GraphRequest,
  { tokenKind }: UserQuery,
): Pick<PagePosition, 'cursor' | 'cookie' | 'thin'> {
  const token = options.$skiptoken;
  if (token === undefined) return { cursor: 0, cookie: 0, thin: false };
  const position = directory.tokens.read(tokenKind, query, token);
  if (position === undefined) throw directoryBadRequest('The page token is not valid.');
  if (position.retried) throw pageTokenNotFound();
  if (tokenKind === 'cookie' && !directory.cookies.use(position.cookie)) throw expiredPageToken();
  return position;
}

/** A page may hold fewer users than asked for, or none, and still have a next (2.1): every other one, when chosen. */
function fill({ unsettled }: Directory, size: number, thin: boolean): number {
  if (unsettled.pageFill === 'full' || !thin) return size;
  return unsettled.pageFill === 'empty' ? 0 : Math.ceil(size / 2);
}

function nextLink(
  directory: Directory,
  query: string,
  next: Pick<PagePosition, 'cursor' | 'cookie' | 'thin'>,
  { call, options }: GraphRequest,
  { tokenKind }: UserQuery,
): string {
  const asked = options.$skiptoken;
  const repeated = asked !== undefined && directory.askedTokens.again(asked);
  const isFirstOfCookie = tokenKind === 'cookie' && next.cookie === 0;
  const token = directory.tokens.issue(tokenKind, query, {
    ...next,
    cookie: isFirstOfCookie ? directory.cookies.open() : next.cookie,
    retried: repeated && directory.unsettled.retriedPageTokens === 'not-found',
  });
  return pageLink(directory.origin(), call.url, '$skiptoken', token);
}

/** Items of a set without an OData cast state their type. */
const typeMember = '"@odata.type":"#microsoft.graph.user",';

interface WrittenForm {
  readonly isTyped: boolean;
  /** Whether the application sees no more of a user than its ID. */
  readonly isLimited: boolean;
}

function writePage(
  directory: Directory,
  head: string,
  { slots, users }: PageOfUsers,
  { selection, expand }: UserQuery,
  { isTyped, isLimited }: WrittenForm,
): Pick<Answer, 'body' | 'release'> {
  const { written, bodyBuffers } = directory;
  const buffer = bodyBuffers.take((slots?.length ?? 1) * 40 * (selection.properties.length + 1));
  const body = new Utf8Text(buffer);
  body.text(head);
  if (slots !== undefined && expand === undefined && !isTyped && !isLimited) {
    written.write(slots, selection.properties, body);
  } else {
    const create = isLimited ? createLimitedWriter : createUserWriter;
    const write = create(selection.properties);
    const writeRelation = expand && createExpansionWriter(directory, expand);
    users().forEach((user, index) => {
      body.ascii(index === 0 ? '{' : ',{');
      if (isTyped) body.ascii(typeMember);
      write(user, body);
      writeRelation?.(user, body);
      body.ascii('}');
    });
  }
  body.text(']}');
  return { body: body.finish(), release: () => bodyBuffers.release(buffer) };
}

/**
 * Rules of relations in default mode.
 * @throws {GraphError} 400 for what needs an advanced query; wording UNVERIFIED
 */
function requireDefaultMode(
  { options }: GraphRequest,
  { isTyped }: UserSet,
  { memberCast }: Directory['unsettled'],
): void {
  const isFiltered = options.$filter !== undefined || options.$orderby !== undefined;
  if (isFiltered || (!isTyped && memberCast === 'refused')) {
    throw unsupportedQuery(
      'The query is not supported without $count=true and the ConsistencyLevel:eventual header.',
    );
  }
}

/** One page of `/users` (section 1 and 2.1) or of another set of users. */
export function listUsers(directory: Directory, request: GraphRequest, set: UserSet): Answer {
  const { call, options } = request;
  const parsed = parseUserQuery(request, directory.unsettled);
  if (set.isRelation && !parsed.advanced) requireDefaultMode(request, set, directory.unsettled);
  const query = `${set.name}?${queryWithoutToken(call.url)}`;
  const { cursor, cookie, thin } = readPosition(directory, query, request, parsed);
  const size = fill(directory, parsed.pageSize, thin);
  const page = set.pages.read(cursor, size, parsed, parsed.orderBy);

  const context = set.isTyped ? 'directoryObjects' : `users${selectContext(parsed.selection)}`;
  const members = [
    `"@odata.context":"${versionRoot(directory.origin(), call)}/$metadata#${context}"`,
  ];
  if (parsed.counted && options.$skiptoken === undefined) {
    members.push(`"@odata.count":${set.pages.count(parsed, query)}`);
  }
  if (page.next !== undefined) {
    const next = { cursor: page.next, cookie, thin: !thin };
    const link = nextLink(directory, query, next, request, parsed);
    members.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  const head = `{${members.join(',')},"value":[`;
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    ...writePage(directory, head, page, parsed, {
      isTyped: set.isTyped,
      isLimited: !mayReadUsers(request.caller),
    }),
  };
}
