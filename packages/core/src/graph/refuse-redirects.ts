import { RedirectError } from '../errors/redirect-error.ts';
import type { Layer } from './graph-request.ts';

function originOf(location: string | undefined, base: URL): string | undefined {
  const target = location === undefined ? null : URL.parse(location, base.href);
  return target === null || target.origin === 'null' ? undefined : target.origin;
}

/** Graph does not redirect listings, and a redirect can send the token to another host: none is followed. */
export const refuseRedirects: Layer = (next) => async (request) => {
  const response = await next(request);
  if (response.status < 300 || response.status > 399) return response;
  throw new RedirectError(response.status, originOf(response.headers['location'], request.url), {
    requestId: response.headers['request-id'],
  });
};
