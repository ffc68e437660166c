import { Utf8Text } from '../../directory/utf8-text.ts';
import type { Answer } from '../../http/handler.ts';
import { directoryBadRequest } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import { parseSelect, selectContext } from '../query/select.ts';
import { parseTop } from '../query/top.ts';
import { versionRoot } from '../version-root.ts';
import { findUser } from './get-user.ts';
import { reportsOf } from './reports-of.ts';
import { createUserWriter } from './user-writer.ts';

/**
 * `GET /users/{id}/directReports`, whose items say their type, and the same with the cast `/microsoft.graph.user`.
 * @throws {GraphError} 404 for an unknown user, 400 for a token of another query
 */
export function listDirectReports(
  directory: Directory,
  request: GraphRequest,
  key: string,
  isCast: boolean,
): Answer {
  const { call, options } = request;
  const selection = parseSelect(options.$select, 'collection');
  const size = parseTop(options.$top);
  const query = `${call.url.pathname}?${queryWithoutToken(call.url)}`;
  const start =
    options.$skiptoken === undefined
      ? { cursor: 0 }
      : directory.tokens.read('keyset', query, options.$skiptoken);
  if (start === undefined) throw directoryBadRequest('The page token is not valid.');
  const reports = reportsOf(directory.people, findUser(directory.people, key));
  const end = start.cursor + size;
  const set = isCast ? `users${selectContext(selection)}` : 'directoryObjects';
  const members = [`"@odata.context":"${versionRoot(directory.origin(), call)}/$metadata#${set}"`];
  if (end < reports.length) {
    const next = { cursor: end, cookie: 0, thin: false, retried: false };
    const token = directory.tokens.issue('keyset', query, next);
    const link = pageLink(directory.origin(), call.url, '$skiptoken', token);
    members.push(`"@odata.nextLink":${JSON.stringify(link)}`);
  }
  const body = new Utf8Text(2048);
  body.text(`{${members.join(',')},"value":[`);
  const write = createUserWriter(selection.properties);
  reports.slice(start.cursor, end).forEach((report, index) => {
    body.text(
      `${index === 0 ? '' : ','}{${isCast ? '' : '"@odata.type":"#microsoft.graph.user",'}`,
    );
    write(report, body);
    body.ascii('}');
  });
  body.ascii(']}');
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: body.finish(),
  };
}
