import type { Group } from '../../directory/groups.ts';
import type { Answer } from '../../http/handler.ts';
import { badRequest, directoryBadRequest } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { pageLink, queryWithoutToken } from '../paging/page-link.ts';
import { parseTop } from '../query/top.ts';
import { versionRoot } from '../version-root.ts';
import { findGroup } from '../find-group.ts';
import { matchGroup } from './match-group.ts';

/** Returns a function that leaves the selected properties of a group. @throws {GraphError} 400 for an unknown one */
function projection(select: string | undefined): {
  readonly context: string;
  readonly project: (group: Group) => object;
} {
  if (select === undefined || select.trim() === '')
    return { context: '', project: (group) => group };
  const names = select.split(',').map((name) => name.trim());
  return {
    context: `(${names.join(',')})`,
    project(group) {
      const members = new Map(
        Object.entries(group).map((entry) => [entry[0].toLowerCase(), entry]),
      );
      return Object.fromEntries(
        names.map((name) => {
          const member = members.get(name.toLowerCase());
          if (member === undefined)
            throw badRequest(
              `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.group'.`,
            );
          return member;
        }),
      );
    },
  };
}

function answer(request: GraphRequest, body: object): Answer {
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: JSON.stringify(body),
  };
}

/** `GET /groups`, with `$select`, `$filter`, `$top`, and `$count` in advanced queries. */
export function listGroups(directory: Directory, request: GraphRequest): Answer {
  const { call, options, eventual } = request;
  const found = directory.groups.all.filter(matchGroup(options.$filter));
  const { context, project } = projection(options.$select);
  const size = parseTop(options.$top);
  const query = `groups?${queryWithoutToken(call.url)}`;
  const { tokens } = directory;
  const from =
    options.$skiptoken === undefined ? 0 : tokens.read('keyset', query, options.$skiptoken)?.cursor;
  if (from === undefined) throw directoryBadRequest('The page token is not valid.');
  const next = { cursor: from + size, cookie: 0, thin: false, retried: false };
  const root = versionRoot(directory.origin(), call);
  return answer(request, {
    '@odata.context': `${root}/$metadata#groups${context}`,
    ...(eventual && options.$count === 'true' ? { '@odata.count': found.length } : {}),
    ...(next.cursor < found.length
      ? {
          '@odata.nextLink': pageLink(
            directory.origin(),
            call.url,
            '$skiptoken',
            tokens.issue('keyset', query, next),
          ),
        }
      : {}),
    value: found.slice(from, next.cursor).map(project),
  });
}

/** `GET /groups/$count`. */
export function countGroups({ groups }: Directory, request: GraphRequest): Answer {
  if (!request.eventual) throw directoryBadRequest('$count is not currently supported.');
  return {
    status: 200,
    headers: successHeaders('text/plain', request.resourceUnits),
    body: String(groups.all.filter(matchGroup(request.options.$filter)).length),
  };
}

/** `GET /groups/{id}`. */
export function getGroup(directory: Directory, request: GraphRequest, id: string): Answer {
  const { context, project } = projection(request.options.$select);
  const root = versionRoot(directory.origin(), request.call);
  return answer(request, {
    '@odata.context': `${root}/$metadata#groups${context}/$entity`,
    ...project(findGroup(directory.groups, id)),
  });
}
