import { BodyError } from '../../errors/body-error.ts';
import type { HttpRequest, HttpResponse } from '../../ports.ts';
import { measureSkew, toleratedSkew } from '../../http/clock-skew.ts';
import type { CredentialContext } from '../strategy.ts';

function parsed(response: HttpResponse): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(response.body);
    return JSON.parse(text) as unknown;
  } catch {
    // An error page of a proxy or a load balancer: its status says enough.
    if (response.status !== 200) return undefined;
    throw new BodyError('not-json', {
      status: response.status,
      length: response.body.length,
      contentType: response.headers['content-type'],
    });
  }
}

/**
 * Sends one request to the identity platform and reads the answer as JSON. The body is undefined when an
 * answer other than 200 is no JSON.
 * @throws {DirectoryError} what `ports.dispatch` throws; E_BAD_BODY when a 200 is no JSON
 */
export async function exchangeJson(
  request: HttpRequest,
  { ports, requestTimeout: timeout = 30_000 }: CredentialContext,
): Promise<{ readonly response: HttpResponse; readonly body: unknown }> {
  const response = await ports.dispatch({ timeout, ...request });
  const skew = measureSkew(response.headers, ports.clock.wall());
  if (skew !== undefined && Math.abs(skew) > toleratedSkew)
    ports.log('clock-skew', { seconds: Math.round(skew / 1000) });
  return { response, body: parsed(response) };
}
