import { badRequest, directoryBadRequest } from './graph-error.ts';

/** What a path under `/v1.0` names. `key` is an object id or a userPrincipalName. */
export type Route =
  | { readonly to: 'batch' }
  | { readonly to: 'list' | 'count' | 'delta' }
  | {
      readonly to: 'user' | 'manager' | 'directReports' | 'directReportUsers';
      readonly key: string;
    };

function noSegment(segment: string): Error {
  return badRequest(`Resource not found for the segment '${segment}'.`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badRequest('The request URI is not valid.');
  }
}

/**
 * `users()` is the same as `users`, and `users('key')` as `users/key`, with `'` doubled; the only way to name a login
 * that begins with `$` (S12).
 */
function splitKey(segment: string): readonly [collection: string, key: string | undefined] {
  if (segment.endsWith('()')) return [segment.slice(0, -2), undefined];
  const match = /^([^(]*)\('(.*)'\)$/s.exec(segment);
  return match === null ? [segment, undefined] : [match[1]!, match[2]!.replaceAll("''", "'")];
}

function keyOf(segment: string): string {
  if (segment.startsWith('$')) {
    throw directoryBadRequest(`Invalid object identifier '${segment}'.`);
  }
  return segment;
}

/**
 * @param pathname still percent-encoded, so that an encoded slash stays within its segment
 * @throws {GraphError} 400 for a path that Graph would not have
 */
export function parseRoute(pathname: string): Route {
  const [, version, ...encoded] = pathname.split('/');
  if (!['v1.0', 'beta'].includes(version?.toLowerCase() ?? ''))
    throw badRequest(`Invalid version: ${version ?? ''}`);
  const [first = '', ...rest] = encoded.filter((segment) => segment !== '').map(decode);
  if (first.toLowerCase() === '$batch' && rest.length === 0) return { to: 'batch' };
  if (first.toLowerCase() === 'me') {
    throw badRequest('/me request is only valid with delegated authentication flow.');
  }
  const [collection, parenthesised] = splitKey(first);
  if (collection.toLowerCase() !== 'users') throw noSegment(first);
  if (parenthesised === undefined) {
    const [next, ...others] = rest;
    if (next === undefined) return { to: 'list' };
    if (next.toLowerCase() === '$count' && others.length === 0) return { to: 'count' };
    if (/^(?:microsoft\.graph\.)?delta(?:\(\))?$/i.test(next) && others.length === 0) {
      return { to: 'delta' };
    }
    return userRoute(keyOf(next), others);
  }
  return userRoute(parenthesised, rest);
}

function userRoute(key: string, rest: readonly string[]): Route {
  const [next, ...others] = rest;
  if (next === undefined) return { to: 'user', key };
  if (next.toLowerCase() === 'manager' && others.length === 0) return { to: 'manager', key };
  if (next.toLowerCase() === 'directreports') {
    const [cast, ...more] = others;
    if (cast === undefined) return { to: 'directReports', key };
    if (cast.toLowerCase() === 'microsoft.graph.user' && more.length === 0) {
      return { to: 'directReportUsers', key };
    }
    throw noSegment(cast);
  }
  throw noSegment(next);
}
