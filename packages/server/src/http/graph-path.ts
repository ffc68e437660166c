import type { RequestHandler } from 'express';

/** `users`, `users()` and `users('key')`, in which an apostrophe of the key is doubled (OData URL conventions). */
const collection = /^users(?:\(\)|\('(?<key>.*)'\))?$/isu;

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/** The segments of the routes, in Graph's spelling, by their lower case. */
const segments: ReadonlyMap<string, string> = new Map(
  [
    '$count',
    'deletedItems',
    'directReports',
    'members',
    'microsoft.graph.user',
    'transitiveMembers',
  ].map((name) => [name.toLowerCase(), name]),
);

function spelled(segment: string): string {
  return segments.get(decoded(segment)?.toLowerCase() ?? '') ?? segment;
}

/** The paths of groups and of the directory: `groups`, an ID, and segments with names. */
function otherPath(first: string, rest: readonly string[]): string {
  const name = first.toLowerCase();
  if (name === 'groups') {
    const [id, ...more] = rest;
    return ['/v1.0/groups', ...(id === undefined ? [] : [id]), ...more.map(spelled)].join('/');
  }
  const document = decoded(name);
  if (rest.length === 0 && (document === '$metadata' || document === '$batch'))
    return `/v1.0/${document}`;
  if (name === 'directory') return ['/v1.0/directory', ...rest.map(spelled)].join('/');
  return ['/v1.0', first, ...rest].filter((part) => part !== '').join('/');
}

/**
 * Returns a path in the spelling of the routes, because Graph accepts several: names in any case, a slash at the end,
 * `users()`, `users('key')`, `delta()` and percent-encoded characters. Other paths, and keys in a segment of their own,
 * are returned unchanged.
 * @param path as received, without the query
 */
export function toRoutePath(path: string): string {
  const [, version = '', ...received] = path.split('/');
  if (version.toLowerCase() !== 'v1.0') return path;
  const [first = '', ...rest] = received.filter((segment) => segment !== '');
  const match = collection.exec(decoded(first) ?? '');
  if (match === null) return otherPath(first, rest);
  const key = match.groups?.['key'];
  if (key !== undefined)
    return [
      '/v1.0/users',
      encodeURIComponent(key.replaceAll("''", "'")),
      ...rest.map(spelled),
    ].join('/');
  const [next, ...others] = rest;
  if (next === undefined) return '/v1.0/users';
  const name = decoded(next) ?? '';
  const isCount = name.toLowerCase() === '$count';
  const isDelta = /^(?:microsoft\.graph\.)?delta(?:\(\))?$/iu.test(name);
  return [
    '/v1.0/users',
    isCount ? '$count' : isDelta ? 'delta' : next,
    ...others.map(spelled),
  ].join('/');
}

/** Gives the routes one spelling of each path. `originalUrl` remains as received. */
export function acceptEqualPaths(): RequestHandler {
  return (request, _response, next) => {
    const start = request.url.indexOf('?');
    const path = start === -1 ? request.url : request.url.slice(0, start);
    request.url = toRoutePath(path) + request.url.slice(path.length);
    next();
  };
}
