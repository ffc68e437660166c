import type { OtherMember } from '../../directory/groups.ts';
import type { User } from '../../directory/people.ts';
import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { mayReadUsers } from '../caller.ts';
import { directoryBadRequest, unsupportedQuery } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import { parseSelect } from '../query/select.ts';
import { parseTop } from '../query/top.ts';
import type { SetPath } from '../route.ts';
import { createLimitedWriter, createUserWriter } from '../users/user-writer.ts';
import { versionRoot } from '../version-root.ts';
import { findGroup } from '../find-group.ts';

/** `GET /groups/{id}/members` and `/transitiveMembers` without a cast: objects of all types, which they state. */
export function listMembers(
  directory: Directory,
  request: GraphRequest,
  path: Extract<SetPath, { readonly isCast: boolean }>,
): Answer {
  const { call, options } = request;
  const { groups, people, tokens } = directory;
  if ((options.$filter ?? options.$search ?? options.$orderby) !== undefined) {
    throw unsupportedQuery('The sandbox filters and sorts members of one type only.');
  }
  const { properties } = parseSelect(options.$select, 'collection');
  const size = parseTop(options.$top);
  const group = findGroup(groups, path.key);
  const isTransitive = path.of === 'transitiveMembers';
  const members: readonly (number | OtherMember)[] = [
    ...groups.users(group, isTransitive),
    ...groups.others(group, isTransitive),
  ];
  const query = `${path.of} of ${group.id}?${queryWithoutToken(call.url)}`;
  const from =
    options.$skiptoken === undefined ? 0 : tokens.read('keyset', query, options.$skiptoken)?.cursor;
  if (from === undefined) throw directoryBadRequest('The page token is not valid.');
  const next = { cursor: from + size, cookie: 0, thin: false, retried: false };
  const root = versionRoot(directory.origin(), call);
  const head = [`"@odata.context":"${root}/$metadata#directoryObjects"`];
  if (request.eventual && options.$count === 'true' && from === 0)
    head.push(`"@odata.count":${members.length}`);
  if (next.cursor < members.length) {
    const token = tokens.issue('keyset', query, next);
    const link = pageLink(directory.origin(), call.url, '$skiptoken', token);
    head.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  const body = new Utf8Text(4096);
  body.text(`{${head.join(',')},"value":[`);
  const write = (mayReadUsers(request.caller) ? createUserWriter : createLimitedWriter)(properties);
  members.slice(from, next.cursor).forEach((member, index) => {
    if (index > 0) body.ascii(',');
    if (typeof member === 'number') writeUser(people.at(member)!, write, body);
    else {
      const { type, id, displayName } = member;
      body.json({ '@odata.type': `#microsoft.graph.${type}`, id, displayName });
    }
  });
  body.text(']}');
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: body.finish(),
  };
}

function writeUser(user: User, write: (user: User, out: Utf8Text) => void, out: Utf8Text): void {
  out.ascii('{"@odata.type":"#microsoft.graph.user",');
  write(user, out);
  out.ascii('}');
}
