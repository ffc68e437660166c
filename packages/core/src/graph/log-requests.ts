import { DirectoryError } from '../errors/directory-error.ts';
import type { events } from '../events.ts';
import type { FieldValues } from '../event-registry.ts';
import type { Ports } from '../ports.ts';
import type { Layer } from './graph-request.ts';

/** A path can contain a userPrincipalName, which is personal data and is not logged. */
function withoutName(path: string): string {
  return path.replace(/(?<=\/users)(?:\/(?!\$count$|delta$)[^/]+|\('.*'\))/u, '/{id}');
}

/** The value of a header that is a number; undefined when it is absent or something else. */
function numberIn(header: string | undefined): number | undefined {
  const value = Number(header ?? Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** Logs the outcome of every request: the path without query and user names, the request id and the cost. */
export function logRequests({ clock, log }: Pick<Ports, 'clock' | 'log'>): Layer {
  return (next) => async (request) => {
    const start = clock.monotonic();
    const { method, url } = request;
    const logOutcome = (fields: Partial<FieldValues<typeof events.request.fields>>): void =>
      log('request', {
        method,
        path: withoutName(url.pathname),
        duration: Math.round(clock.monotonic() - start),
        ...fields,
      });
    try {
      const response = await next(request);
      const { status, headers, body } = response;
      logOutcome({
        status,
        bytes: body.length,
        resourceUnits: numberIn(headers['x-ms-resource-unit']),
        requestId: headers['request-id'],
      });
      return response;
    } catch (error) {
      logOutcome({ error: error instanceof DirectoryError ? error.code : 'aborted' });
      throw error;
    }
  };
}
