import { DirectoryError } from '../errors/directory-error.ts';
import type { Ports } from '../ports.ts';
import type { Layer } from './graph-request.ts';

/** A user may be asked for by name, which is nobody's business but the service's. */
function withoutName(path: string): string {
  return path.replace(/(?<=\/users)(?:\/(?!\$count$|delta$)[^/]+|\('.*'\))/u, '/{id}');
}

/**
 * Says of every request what came of it, at level `debug`: the path without query and names, and of the headers the service's
 * name for the request and its price.
 */
export function logRequests({ clock, log }: Pick<Ports, 'clock' | 'log'>): Layer {
  return (next) => async (request) => {
    const start = clock.monotonic();
    const { method, url } = request;
    const said = (fields: Parameters<typeof log>[2]): void =>
      log('debug', 'request', {
        method,
        path: withoutName(url.pathname),
        milliseconds: Math.round(clock.monotonic() - start),
        ...fields,
      });
    try {
      const response = await next(request);
      const { status, headers, body } = response;
      said({
        status,
        bytes: body.length,
        resourceUnits: headers['x-ms-resource-unit'],
        requestId: headers['request-id'],
      });
      return response;
    } catch (error) {
      said({ failed: error instanceof DirectoryError ? error.code : 'stopped' });
      throw error;
    }
  };
}
