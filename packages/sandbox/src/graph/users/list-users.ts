import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { directoryBadRequest } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { expiredPageToken, pageTokenNotFound, refuseToken } from '../paging/disturbance.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import { selectContext } from '../query/select.ts';
import { createManagerWriter } from './manager-chain.ts';
import type { PageOfUsers } from './user-pages.ts';
import { parseUserQuery, type UserQuery } from './user-query.ts';
import { createUserWriter } from './user-writer.ts';

/** @throws {GraphError} 400 for a token that is not of this query, or too old */
function readCursor(
  directory: Directory,
  query: string,
  { options, disturbance }: GraphRequest,
  { filteredByDefault }: UserQuery,
): number {
  const token = options.$skiptoken;
  if (token === undefined) return 0;
  const position = directory.tokens.read(query, token);
  if (position === undefined) throw directoryBadRequest('The page token is not valid.');
  refuseToken(disturbance);
  if (position.retried) throw pageTokenNotFound();
  const life = directory.unsettled.filteredPageTokenSeconds;
  const age = directory.now() - position.issuedAt;
  if (filteredByDefault && life !== 'never' && age > Number(life) * 1000) throw expiredPageToken();
  return position.cursor;
}

/** A later page that lacks attributes, or one of half the size: both have been seen (2.1, 2.3). */
function disturbed(query: UserQuery, { options, disturbance }: GraphRequest): UserQuery {
  if (disturbance === 'short-page') {
    return { ...query, pageSize: Math.max(1, Math.floor(query.pageSize / 2)) };
  }
  return disturbance === 'sparse-page' && options.$skiptoken !== undefined
    ? { ...query, selection: { ...query.selection, properties: ['id'] } }
    : query;
}

function nextLink(
  directory: Directory,
  query: string,
  cursor: number,
  { call, options }: GraphRequest,
): string {
  const asked = options.$skiptoken;
  const repeated = asked !== undefined && directory.askedTokens.again(asked);
  const token = directory.tokens.issue(query, {
    cursor,
    issuedAt: directory.now(),
    retried: repeated && directory.unsettled.retriedPageTokens === 'not-found',
  });
  return pageLink(directory.origin(), call.url, '$skiptoken', token);
}

function writePage(
  { people }: Directory,
  head: string,
  { users }: PageOfUsers,
  { selection, expand }: UserQuery,
): Buffer {
  const body = new Utf8Text(users.length * 48 * (selection.properties.length + 1));
  const write = createUserWriter(selection.properties);
  const writeManager = expand === undefined ? undefined : createManagerWriter(people, expand);
  body.text(head);
  users.forEach((user, index) => {
    body.ascii(index === 0 ? '{' : ',{');
    write(user, body);
    writeManager?.(user, body);
    body.ascii('}');
  });
  body.text(']}');
  return body.finish();
}

/** `GET /users`: one page (section 1 and 2.1). */
export function listUsers(directory: Directory, request: GraphRequest): Answer {
  const { call, options } = request;
  const parsed = disturbed(parseUserQuery(request, directory.unsettled), request);
  const query = `users?${queryWithoutToken(call.url)}`;
  const from = readCursor(directory, query, request, parsed);
  const page = directory.pages.read(from, parsed.pageSize, parsed.matches, parsed.orderBy);

  const origin = directory.origin();
  const members = [
    `"@odata.context":"${origin}/v1.0/$metadata#users${selectContext(parsed.selection)}"`,
  ];
  if (parsed.counted && options.$skiptoken === undefined) {
    members.push(`"@odata.count":${directory.pages.count(parsed.matches, query)}`);
  }
  if (page.next !== undefined) {
    const link = nextLink(directory, query, page.next, request);
    members.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  const head = `{${members.join(',')},"value":[`;
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: writePage(directory, head, page, parsed),
  };
}
