import type { DirectoryError } from '../../errors/directory-error.ts';
import { RedirectError } from '../../errors/redirect-error.ts';
import { TokenEndpointError } from '../../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../../errors/token-refused-error.ts';
import type { HttpResponse } from '../../ports.ts';
import { describeSkew, measureSkew, toleratedSkew } from '../../http/clock-skew.ts';
import { parseRetryAfter } from '../../retry/retry-after.ts';
import { isRetriedStatus } from '../../retry/retry-decision.ts';
import { refusalHint } from './refusal-hint.ts';
import type { CredentialContext } from '../strategy.ts';

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const longest = 300;

/** Cut between two words: half of one at the end reads like a mistake of ours. */
function shortened(said: string): string {
  if (said.length <= longest) return said;
  const start = said.slice(0, longest);
  return `${/^.*\S(?=\s)/su.exec(start)?.[0] ?? start} …`;
}

/** The description without its number, and without the ids and time that follow it on lines of their own or not. */
function sentences(description: string | undefined): string | undefined {
  if (description === undefined) return undefined;
  return shortened(
    description
      .replace(/^AADSTS\d+: /u, '')
      .replace(/\s*Trace ID: [\s\S]*$/u, '')
      .replaceAll(/\p{Cc}+/gu, ' '),
  );
}

function numberOf(body: Record<string, unknown>): number | undefined {
  const [first] = Array.isArray(body['error_codes']) ? (body['error_codes'] as unknown[]) : [];
  if (typeof first === 'number') return first;
  const stated = /^AADSTS(\d{4,8})\b/u.exec(text(body['error_description']) ?? '')?.[1];
  return stated === undefined ? undefined : Number(stated);
}

/**
 * What an answer other than 200 of the identity platform means. Decided by status and OAuth's `error` alone
 * (RFC 6749 section 5.2; Entra's error reference calls its numbers unstable); the number picks a hint.
 */
export function refusalOf(
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
      hint: 'Check the authority, and whether a proxy or captive portal answers for it; the credential was not sent on.',
      requestId,
    });
  }
  const retryAfter = parseRetryAfter(headers, context.ports.clock.wall());
  const passing = isRetriedStatus(status) || error === 'temporarily_unavailable';
  // An answer without OAuth's `error` is a proxy's or a gateway's: an HTML page, an empty body.
  if (passing || error === undefined) {
    return new TokenEndpointError({ status, retryAfter }, { requestId, retryable: passing });
  }
  const refusal = {
    status,
    error,
    aadsts: numberOf(fields),
    description: sentences(text(fields['error_description'])),
    traceId: requestId,
    correlationId: text(fields['correlation_id']),
  };
  const skew = measureSkew(headers, context.ports.clock.wall()) ?? 0;
  const clock =
    Math.abs(skew) > toleratedSkew
      ? ` This machine's clock shows a time ${describeSkew(skew)}: set it.`
      : '';
  return new TokenRefusedError(refusal, refusalHint(refusal, context) + clock);
}
