import type { Call } from '../../http/handler.ts';

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The client's own id of its request: a header, or as MSAL sends it, a parameter. The sandbox's id otherwise. */
export function correlationId(call: Call): string {
  const offered =
    call.clientRequestId ??
    call.headers['x-ms-correlation-id'] ??
    call.url.searchParams.get('client-request-id') ??
    new URLSearchParams(call.body.toString('latin1')).get('client-request-id') ??
    '';
  return guid.test(offered) ? offered : call.requestId;
}
