import type { User } from '../../directory/people.ts';
import { Utf8Text } from '../../directory/utf8-text.ts';
import { directoryBadRequest } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import { parseSelect, selectContext } from '../query/select.ts';
import { parseTop } from '../query/top.ts';
import type { Answer } from '../../http/handler.ts';
import { createUserWriter } from './user-writer.ts';

/** Users of a page, and the slot at which the next one begins; undefined after the last user. */
interface PageOfUsers {
  readonly users: readonly User[];
  readonly next: number | undefined;
}

function readPage({ people }: Directory, from: number, size: number): PageOfUsers {
  const users: User[] = [];
  let slot = from;
  for (; slot < people.slots; slot += 1) {
    const user = people.at(slot);
    if (user === undefined) continue;
    if (users.length === size) return { users, next: slot };
    users.push(user);
  }
  return { users, next: undefined };
}

/** `GET /users`: one page (1.1, 2.1). */
export function listUsers(
  directory: Directory,
  { call, options, ...request }: GraphRequest,
): Answer {
  const selection = parseSelect(options.$select, 'collection');
  const size = parseTop(options.$top);
  const query = `users?${queryWithoutToken(call.url)}`;
  const position =
    options.$skiptoken === undefined
      ? { cursor: 0 }
      : directory.tokens.read(query, options.$skiptoken);
  if (position === undefined) throw directoryBadRequest('The page token is not valid.');

  const page = readPage(directory, position.cursor, size);
  const origin = directory.origin();
  const write = createUserWriter(selection.properties);
  const body = new Utf8Text(page.users.length * 48 * (selection.properties.length + 1));
  body.text(`{"@odata.context":"${origin}/v1.0/$metadata#users${selectContext(selection)}",`);
  if (page.next !== undefined) {
    const token = directory.tokens.issue(query, { cursor: page.next, issuedAt: directory.now() });
    const link = pageLink(origin, call.url, '$skiptoken', token);
    body.text(`"@odata.nextLink":${JSON.stringify(link)},`);
  }
  body.text('"value":[');
  page.users.forEach((user, index) => {
    body.ascii(index === 0 ? '{' : ',{');
    write(user, body);
    body.ascii('}');
  });
  body.text(']}');
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: body.finish(),
  };
}
