import type { RequestClass } from '../journal/entry.ts';

/** Which part of the tenant a request's target belongs to, by its path alone. */
export function requestClass(target: string): RequestClass {
  const [path = ''] = target.split('?', 1);
  if (/^\/(?:v1\.0|beta)(?:\/|$)/u.test(path)) return 'graph';
  if (/^\/(?:metadata\/identity\/oauth2|msi)\/token\/?$/u.test(path)) return 'managed-identity';
  if (/\/oauth2\/(?:v2\.0\/)?token$/u.test(path)) return 'token';
  return /\/(?:\.well-known|discovery)\//u.test(path) ? 'discovery' : 'other';
}
