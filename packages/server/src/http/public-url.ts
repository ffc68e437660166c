import { isLoopback } from './loopback.ts';

/** Where callers reach the server: the links of its responses begin with it. */
export interface PublicUrl {
  /** Without a slash at the end. */
  readonly href: string;
  /** As in a URL, without port. */
  readonly hostname: string;
}

/**
 * Parses the URL at which callers reach the server through a proxy. A path is kept: the proxy removes it.
 * @returns the problem as text when it is invalid
 */
export function parsePublicUrl(text: string): PublicUrl | string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol)) return 'is not an https URL';
  if (url.username !== '' || url.password !== '') return 'contains a user name or password';
  if (/[?#]/u.test(text)) return 'contains a query or a fragment';
  const { hostname } = url;
  if (url.protocol === 'http:' && !isLoopback(hostname.replace(/^\[|\]$/gu, '')))
    return 'uses http, which does not encrypt the users of the tenant';
  return { href: url.href.replace(/\/+$/u, ''), hostname };
}
