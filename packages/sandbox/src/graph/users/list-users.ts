import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { directoryBadRequest, GraphError } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
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
  token: string | undefined,
  { filteredByDefault }: UserQuery,
): number {
  if (token === undefined) return 0;
  const position = directory.tokens.read(query, token);
  if (position === undefined) throw directoryBadRequest('The page token is not valid.');
  const life = directory.unsettled.filteredPageTokenSeconds;
  if (
    filteredByDefault &&
    life !== 'never' &&
    directory.now() - position.issuedAt > Number(life) * 1000
  ) {
    throw new GraphError(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    );
  }
  return position.cursor;
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
  const parsed = parseUserQuery(request, directory.unsettled);
  const query = `users?${queryWithoutToken(call.url)}`;
  const from = readCursor(directory, query, options.$skiptoken, parsed);
  const page = directory.pages.read(from, parsed.pageSize, parsed.matches, parsed.orderBy);

  const origin = directory.origin();
  const members = [
    `"@odata.context":"${origin}/v1.0/$metadata#users${selectContext(parsed.selection)}"`,
  ];
  if (parsed.counted && options.$skiptoken === undefined) {
    members.push(`"@odata.count":${directory.pages.count(parsed.matches, query)}`);
  }
  if (page.next !== undefined) {
    const token = directory.tokens.issue(query, { cursor: page.next, issuedAt: directory.now() });
    const link = pageLink(origin, call.url, '$skiptoken', token);
    members.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  const head = `{${members.join(',')},"value":[`;
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: writePage(directory, head, page, parsed),
  };
}
