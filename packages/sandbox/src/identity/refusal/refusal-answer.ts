import type { Answer, Call } from '../../http/handler.ts';
import { correlationId } from './correlation-id.ts';
import { identityHeaders } from './identity-headers.ts';
import type { TokenRefusal } from './token-refusal.ts';

/** Entra's error body. Only some numbers have a help page, so `error_uri` is optional. */
export function refusalAnswer(
  refusal: TokenRefusal,
  call: Call,
  now: Date,
  error: string = refusal.kind.error,
): Answer {
  const timestamp = `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const correlation = correlationId(call);
  const { number, status, helpPage } = refusal.kind;
  return {
    status,
    headers: identityHeaders(call),
    body: JSON.stringify({
      error,
      error_description: `${refusal.message} Trace ID: ${call.requestId} Correlation ID: ${correlation} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: call.requestId,
      correlation_id: correlation,
      ...(helpPage === true
        ? { error_uri: `https://login.microsoftonline.com/error?code=${number}` }
        : {}),
    }),
  };
}
