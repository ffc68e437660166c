import { userProperties, type UserPropertyName } from '../directory/user-values.ts';
import { badRequest, directoryBadRequest } from './graph-error.ts';
import {
  otherOfDirectory,
  otherRelation,
  otherRoot,
  type OtherResource,
} from './other-resources.ts';

/** A set of users that can be listed and counted. `key` is an object id or a userPrincipalName. */
export type SetPath =
  | { readonly of: 'users' }
  | { readonly of: 'deleted' }
  | {
      readonly of: 'directReports' | 'members' | 'transitiveMembers';
      readonly key: string;
      readonly isCast: boolean;
    };

/** What a path under `/v1.0` names. `key` is an object id or a userPrincipalName. */
export type Route =
  | { readonly to: 'batch' }
  | { readonly to: 'other'; readonly resource: OtherResource }
  | { readonly to: 'delta' }
  | { readonly to: 'list'; readonly set: SetPath }
  | { readonly to: 'count'; readonly set: SetPath }
  | { readonly to: 'subscribedSkus' }
  | { readonly to: 'groups' }
  | { readonly to: 'groupCount' }
  | { readonly to: 'group'; readonly key: string }
  | { readonly to: 'user' | 'deletedUser'; readonly key: string }
  | {
      readonly to: 'property';
      readonly key: string;
      readonly name: UserPropertyName;
      /** `/$value`: the value as text. */
      readonly isRaw: boolean;
    }
  | { readonly to: 'manager'; readonly key: string };

/** Routes that the sandbox has data for. */
export type ReadingRoute = Exclude<Route, { to: 'batch' | 'other' }>;

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
  if (first.toLowerCase() === 'subscribedskus' && rest.length === 0)
    return { to: 'subscribedSkus' };
  if (first.toLowerCase() === 'directory') return directoryRoute(rest);
  const [collection, parenthesised] = splitKey(first);
  if (collection.toLowerCase() === 'groups') return groupRoute(parenthesised, rest);
  const other = otherRoot(collection);
  if (other !== undefined) return { to: 'other', resource: other };
  if (collection.toLowerCase() !== 'users') throw noSegment(first);
  if (parenthesised !== undefined) return userRoute(parenthesised, rest);
  const [next, ...others] = rest;
  if (next === undefined || isCount(rest)) return setRoute({ of: 'users' }, rest);
  if (/^(?:microsoft\.graph\.)?delta(?:\(\))?$/i.test(next) && others.length === 0) {
    return { to: 'delta' };
  }
  return userRoute(keyOf(next), others);
}

const userCast = 'microsoft.graph.user';

function isCount([segment, ...more]: readonly string[]): boolean {
  return segment?.toLowerCase() === '$count' && more.length === 0;
}

/** A set, or its `/$count`. */
function setRoute(set: SetPath, rest: readonly string[]): Route {
  if (isCount(rest)) return { to: 'count', set };
  if (rest[0] !== undefined) throw noSegment(rest[0]);
  return { to: 'list', set };
}

/** The cast is a required part of the path of deleted items. */
function directoryRoute([items, next, ...rest]: readonly string[]): Route {
  if (items?.toLowerCase() !== 'deleteditems') {
    const resource = items === undefined ? 'directory' : otherOfDirectory(items);
    if (resource === undefined) throw noSegment(items ?? '');
    return { to: 'other', resource };
  }
  if (next === undefined || next.startsWith('$')) {
    throw badRequest("The request to 'deletedItems' requires the type of the items.");
  }
  if (next.toLowerCase() === userCast) return setRoute({ of: 'deleted' }, rest);
  if (/^microsoft\.graph\./iu.test(next)) return { to: 'other', resource: 'directory' };
  if (rest[0] !== undefined) throw noSegment(rest[0]);
  return { to: 'deletedUser', key: next };
}

/** A relation of users and other objects: the cast leaves the users. */
function relationRoute(
  of: Exclude<SetPath['of'], 'users' | 'deleted'>,
  key: string,
  rest: readonly string[],
): Route {
  const isCast = rest[0]?.toLowerCase() === userCast;
  return setRoute({ of, key, isCast }, isCast ? rest.slice(1) : rest);
}

/** The relations of groups in lower case, as `of` has them. */
const groupRelations = new Map([
  ['members', 'members'],
  ['transitivemembers', 'transitiveMembers'],
] as const);

function groupRoute(parenthesised: string | undefined, rest: readonly string[]): Route {
  if (parenthesised === undefined && rest.length === 0) return { to: 'groups' };
  if (parenthesised === undefined && isCount(rest)) return { to: 'groupCount' };
  const [key = '', next, ...others] = parenthesised === undefined ? rest : [parenthesised, ...rest];
  if (next === undefined) return { to: 'group', key: keyOf(key) };
  const of = groupRelations.get(next.toLowerCase() as 'members');
  if (of === undefined) throw noSegment(next);
  return relationRoute(of, keyOf(key), others);
}

function userRoute(key: string, [next, ...others]: readonly string[]): Route {
  if (next === undefined) return { to: 'user', key };
  if (next.toLowerCase() === 'manager' && others.length === 0) return { to: 'manager', key };
  if (next.toLowerCase() === 'directreports') return relationRoute('directReports', key, others);
  const name = propertyNamed(next);
  const [suffix, ...more] = others;
  if (name !== undefined && more.length === 0) {
    if (suffix === undefined) return { to: 'property', key, name, isRaw: false };
    if (suffix.toLowerCase() === '$value') return { to: 'property', key, name, isRaw: true };
  }
  const resource = otherRelation(next);
  if (resource === undefined) throw noSegment(next);
  return { to: 'other', resource };
}

function propertyNamed(segment: string): UserPropertyName | undefined {
  return userProperties.find((name) => name.toLowerCase() === segment.toLowerCase());
}
