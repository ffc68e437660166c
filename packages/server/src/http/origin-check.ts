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

/** Whether an origin is this server at one of its names; `null` is the origin of a sandboxed page or of a file. */
function isOwnOrigin(origin: string, names: ReadonlySet<string>): boolean {
  const url = URL.parse(origin);
  return url !== null && url.origin === origin && names.has(url.hostname.toLowerCase());
}

/**
 * Refuses requests that a browser makes for a page of another site: the browser runs on the machine of a caller, where
 * it reaches the server although the site does not. Browsers send these headers and pages cannot change them (Fetch
 * standard, "Sec-Fetch-Site"); other programs send neither.
 * @param hosts host names without port, as in a URL
 */
export function checkOrigin(hosts: readonly string[]): RequestHandler {
  const names = new Set(hosts.map((name) => name.toLowerCase()));
  return (request, _response, next) => {
    const sites = request.headersDistinct['sec-fetch-site'] ?? [];
    const origins = request.headersDistinct['origin'] ?? [];
    const isOwnSite = sites.every((site) => own.has(site.trim().toLowerCase()));
    if (!isOwnSite || !origins.every((origin) => isOwnOrigin(origin, names))) throw crossSite;
    next();
  };
}
