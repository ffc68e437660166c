import type { RequestClass } from '../journal/entry.ts';

/** Which part of the tenant a request's target belongs to, by its path alone. */
export function requestClass(target: string): RequestClass {
  const [path = ''] = target.split('?', 1);
  // Also paths that lack a version of Graph, or have another one: Graph answers `Invalid version`.
  if (/^\/(?:(?:v\d+(?:\.\d+)?|beta|users|me|groups|\$batch)(?:\/|$)|$)/iu.test(path))
    return 'graph';
  if (/^\/(?:metadata\/identity\/oauth2|msi)\/token\/?$/u.test(path)) return 'managed-identity';
  if (/\/oauth2\/(?:v2\.0\/)?token$/u.test(path)) return 'token';
  return /\/(?:\.well-known|discovery)\//u.test(path) ? 'discovery' : 'other';
}
