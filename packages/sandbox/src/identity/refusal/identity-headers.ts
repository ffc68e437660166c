import type { Call } from '../../http/handler.ts';

/** What Entra puts on every JSON answer. */
export function identityHeaders(call: Call): Record<string, string> {
  return {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store, no-cache',
    pragma: 'no-cache',
    expires: '-1',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'x-content-type-options': 'nosniff',
    'x-ms-request-id': call.requestId,
    'x-ms-ests-server': '2.1.0 - SANDBOX',
    ...(call.clientRequestId === undefined ? {} : { 'client-request-id': call.clientRequestId }),
  };
}
