import type { DirectoryError } from '../../errors/directory-error.ts';
import { RedirectError } from '../../errors/redirect-error.ts';
import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import type { HttpResponse } from '../../ports.ts';
import { describeSkew, measureSkew, toleratedSkew } from '../../http/clock-skew.ts';
import { parseRetryAfter } from '../../retry/retry-after.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';
import { tokenErrorHint } from './token-error-hint.ts';
import type { CredentialContext } from '../strategy.ts';
import { safeText } from '../../safe-text.ts';

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Characters of the description that are shown. */
const maximumLength = 300;

/** Truncates a description between two words. */
function truncated(description: string): string {
  if (description.length <= maximumLength) return description;
  const start = description.slice(0, maximumLength);
  return `${/^.*\S(?=\s)/su.exec(start)?.[0] ?? start} …`;
}

/**
 * Returns the description without the AADSTS code at its start and the trace ID, correlation ID and timestamp at its
 * end.
 */
function sentences(description: string | undefined): string | undefined {
  if (description === undefined) return undefined;
  return truncated(
    safeText(
      description
        .replace(/^AADSTS\d+: /u, '')
        .replace(/\s*Trace ID: [\s\S]*$/u, '')
        .replaceAll(/\s+/gu, ' '),
    ),
  );
}

function aadstsCodeOf(body: Record<string, unknown>): number | undefined {
  const [first] = Array.isArray(body['error_codes']) ? (body['error_codes'] as unknown[]) : [];
  if (typeof first === 'number') return first;
  const stated = /^AADSTS(\d{4,8})\b/u.exec(text(body['error_description']) ?? '')?.[1];
  return stated === undefined ? undefined : Number(stated);
}

/**
 * Returns the error for a response of the identity platform with a status other than 200. Only status and OAuth error
 * code determine its class (RFC 6749 section 5.2), because Entra's error reference calls AADSTS codes unstable; they
 * select a hint.
 */
export function tokenErrorOf(
  response: HttpResponse,
  body: unknown,
  context: CredentialContext,
): DirectoryError {
  const { status, headers } = response;
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const error = text(fields['error']);
  const requestId = text(fields['trace_id']) ?? headers['x-ms-request-id'];
  if (status >= 300 && status < 400) {
    const target = URL.parse(headers['location'] ?? '')?.origin;
    return new RedirectError(status, target, {
      hint: 'Check the authority, and whether a proxy or captive portal responds in its place. The credential was not sent to the target.',
      requestId,
    });
  }
  const retryAfter = parseRetryAfter(headers, context.ports.clock.wall());
  const isTemporary = isRetriedStatus(status) || error === 'temporarily_unavailable';
  // A response without an OAuth error code comes from a proxy or a gateway: an HTML page or an empty body.
  if (isTemporary || error === undefined) {
    return new TokenEndpointError({ status, retryAfter }, { requestId, retryable: isTemporary });
  }
  const refusal = {
    status,
    error,
    aadsts: aadstsCodeOf(fields),
    description: sentences(text(fields['error_description'])),
    traceId: requestId,
    correlationId: text(fields['correlation_id']),
  };
  const skew = measureSkew(headers, context.ports.clock.wall()) ?? 0;
  const clock =
    Math.abs(skew) > toleratedSkew
      ? ` Correct the clock of this machine, ${describeSkew(skew)}.`
      : '';
  return new TokenRefusedError(refusal, tokenErrorHint(refusal, context) + clock);
}
