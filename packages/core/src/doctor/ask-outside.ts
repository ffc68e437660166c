import type { HttpResponse } from '../ports.ts';
import { known, type Case } from './step.ts';

const patience = 10_000;

/**
 * Asks the first service on the way something that needs no credential: the authority for what it says of itself, or, where
 * none is asked, Graph's root. The answer carries the service's clock, whatever its status.
 */
export async function askOutside(about: Case): Promise<HttpResponse> {
  const { connection, ports, hops } = known(about.examined);
  const { name, url: at } = known(hops[0]);
  const base = at.href.replace(/\/+$/u, '');
  const version = connection.protocol === 'entra' ? '/v2.0' : '';
  return await ports.dispatch({
    method: 'GET',
    url: new URL(name === 'Graph' ? base : `${base}${version}/.well-known/openid-configuration`),
    headers: { accept: 'application/json' },
    timeout: patience,
    signal: about.signal,
  });
}
