import type { RequestHandler } from 'express';

import { RequestError } from '../errors/request-error.ts';

const crossSite = new RequestError({
  status: 403,
  code: 'cross_site',
  graphCode: 'accessDenied',
  title: 'Request of another site',
  detail:
    'A page of another site made this request in a browser. Call the server from a program instead.',
});

/** Values of `Sec-Fetch-Site` for requests of a page of this server, and of a user who entered the address. */
const own: ReadonlySet<string> = new Set(['same-origin', 'none']);

/** What a page of an allowed origin can send and read (Fetch standard, "CORS protocol"). */
const preflight = {
  'Access-Control-Allow-Methods': 'GET, HEAD, POST',
  'Access-Control-Allow-Headers':
    'Authorization, X-Api-Key, ConsistencyLevel, Prefer, Content-Type, If-None-Match, client-request-id',
  'Access-Control-Max-Age': '600',
};
const exposed = 'request-id, client-request-id, Retry-After, ETag, Age';

/** Whether an origin is this server at one of its names; `null` is the origin of a sandboxed page or of a file. */
function isOwnOrigin(origin: string, names: ReadonlySet<string>): boolean {
  const url = URL.parse(origin);
  return url !== null && url.origin === origin && names.has(url.hostname.toLowerCase());
}

/**
 * Refuses requests that a browser makes for a page of another site, unless its origin is on the list: the browser runs
 * on the machine of a caller, where it reaches the server although the site does not. Browsers send these headers and
 * pages cannot change them (Fetch standard, "Sec-Fetch-Site"); other programs send neither. A preflight request is
 * answered without authentication, and grants nothing.
 * @param hosts host names without port, as in a URL
 * @param isAllowed whether pages of an origin can read responses
 */
export function checkOrigin(
  hosts: readonly string[],
  isAllowed: (origin: string) => boolean = () => false,
): RequestHandler {
  const names = new Set(hosts.map((name) => name.toLowerCase()));
  return (request, response, next) => {
    const sites = request.headersDistinct['sec-fetch-site'] ?? [];
    const origins = request.headersDistinct['origin'] ?? [];
    response.vary('Origin');
    const [origin = ''] = origins;
    if (origins.length === 1 && isAllowed(origin)) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Expose-Headers': exposed,
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      const isPreflight =
        request.method === 'OPTIONS' && 'access-control-request-method' in request.headers;
      if (isPreflight) response.status(204).set(preflight).end();
      else next();
      return;
    }
    const isOwnSite = sites.every((site) => own.has(site.trim().toLowerCase()));
    if (!isOwnSite || !origins.every((each) => isOwnOrigin(each, names))) throw crossSite;
    next();
  };
}
