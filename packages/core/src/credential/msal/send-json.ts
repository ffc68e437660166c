import { BodyError } from '../../errors/body-error.ts';
import type { HttpRequest, HttpResponse } from '../../ports.ts';
import { measureSkew, toleratedSkew } from '../../http/clock-skew.ts';
import type { CredentialContext } from '../strategy.ts';

function parsed(response: HttpResponse): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    return JSON.parse(text) as unknown;
  } catch {
    // An error page of a proxy or a load balancer; the status is sufficient.
    if (response.status !== 200) return undefined;
    throw new BodyError('not-json', {
      status: response.status,
      length: response.body.length,
      contentType: response.headers['content-type'],
    });
  }
}

/**
 * Sends one request to the identity platform and parses the response as JSON. The body is undefined when a response
 * with a status other than 200 is not JSON.
 * @throws {BodyError} when a response with status 200 is not JSON
 * @throws errors of `ports.dispatch`
 */
export async function sendJson(
  request: HttpRequest,
  { ports, requestTimeout: timeout = 30_000 }: CredentialContext,
): Promise<{ readonly response: HttpResponse; readonly body: unknown }> {
  const response = await ports.dispatch({ timeout, ...request });
  const skew = measureSkew(response.headers, ports.clock.wall());
  if (skew !== undefined && Math.abs(skew) > toleratedSkew)
    ports.log('clock-skew', { seconds: Math.round(skew / 1000) });
  return { response, body: parsed(response) };
}
