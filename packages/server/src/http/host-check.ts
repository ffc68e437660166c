import type { RequestHandler } from 'express';

import { RequestError } from '../errors/request-error.ts';

const misdirected = new RequestError({
  status: 421,
  code: 'unknown_host',
  graphCode: 'BadRequest',
  title: 'Unknown host name',
  detail: 'Use the address that the server printed when it started.',
});

const notAPath = new RequestError({
  status: 400,
  code: 'bad_target',
  graphCode: 'BadRequest',
  title: 'Invalid request target',
  detail: 'Send only the path; this server is not a proxy.',
});

/** `name`, `name:port`, `[address]`, `[address]:port`; nothing that a URL parser could read otherwise. */
const grammar = /^(?<name>[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/iu;

/**
 * Refuses requests made to a name that is not ours. A page in a browser can point its own name at 127.0.0.1 (DNS
 * rebinding) and would otherwise read the directory through its visitor.
 * @param names host names without port, as in a URL
 */
export function checkHost(names: readonly string[]): RequestHandler {
  const ours = new Set(names.map((name) => name.toLowerCase()));
  return (request, _response, next) => {
    if (!request.originalUrl.startsWith('/')) throw notAPath;
    const hosts = request.headersDistinct['host'] ?? [];
    const name = grammar.exec(hosts[0] ?? '')?.groups?.['name'];
    if (hosts.length !== 1 || name === undefined || !ours.has(name.toLowerCase()))
      throw misdirected;
    next();
  };
}
