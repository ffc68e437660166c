import type { Call } from '../http/handler.ts';

const diagnostic = JSON.stringify({
  ServerInfo: {
    DataCenter: 'Sandbox',
    Slice: 'E',
    Ring: '1',
    ScaleUnit: '001',
    RoleInstance: 'SB1PEPF00000001',
  },
});

export const jsonType =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/**
 * Headers of every response, with any status (S9, S38). `client-request-id` is that of the caller, else the request ID.
 */
export function commonHeaders(call: Call): Record<string, string> {
  return {
    'Cache-Control': 'no-cache',
    Vary: 'Accept-Encoding',
    'Strict-Transport-Security': 'max-age=31536000',
    'request-id': call.requestId,
    'client-request-id': call.clientRequestId ?? call.requestId,
    'x-ms-ags-diagnostic': diagnostic,
  };
}

/** On answers of 200. */
export function successHeaders(contentType: string, resourceUnits: number): Record<string, string> {
  return {
    'Content-Type': contentType,
    'OData-Version': '4.0',
    'x-ms-resource-unit': String(resourceUnits),
  };
}
