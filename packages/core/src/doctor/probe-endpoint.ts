import type { HttpResponse } from '../ports.ts';
import { known, type Scenario } from './step.ts';

const timeout = 10_000;

/**
 * Sends one request that needs no credential to the first service: to the authority for its discovery document, or to
 * Graph's root when the authority is not contacted. The response carries the clock of the service, also with an error
 * status.
 */
export async function probeEndpoint(scenario: Scenario): Promise<HttpResponse> {
  const { connection, ports, endpoints } = known(scenario.examined);
  const { name, url } = known(endpoints[0]);
  const base = url.href.replace(/\/+$/u, '');
  const version = connection.protocol === 'entra' ? '/v2.0' : '';
  return await ports.dispatch({
    method: 'GET',
    url: new URL(name === 'Graph' ? base : `${base}${version}/.well-known/openid-configuration`),
    headers: { accept: 'application/json' },
    timeout,
    signal: scenario.signal,
  });
}
