import { BodyError } from '../errors/body-error.ts';
import { DeadlineError } from '../errors/deadline-error.ts';
import type { Log } from '../events.ts';
import type { Clock, Random } from '../ports.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import { decideRetry, defaultRetryPolicy } from '../retry/retry-decision.ts';
import { readGraphError } from './graph-error.ts';
import type { PipelineRequest, ResponseInfo } from './graph-request.ts';
import type { Pipeline } from './pipeline.ts';
import { responseError } from './response-error.ts';

/** Graph's limit (Graph's docs, "JSON batching"). */
export const largestBatch = 20;

export type BatchOutcome = { readonly body: unknown } | { readonly error: Error };

/** The response to one request of a batch. */
interface InnerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface BatchOptions {
  readonly pipeline: Pipeline;
  /** The Graph root, with its version. */
  readonly root: URL;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly adminConsentUrl?: string | undefined;
}

type BatchCall = Pick<PipelineRequest, 'signal' | 'deadline' | 'maxRetryAfter'>;

/** Sends up to 20 GET requests in one; each has its own outcome, in the order of the URLs. */
export type SendBatch = (urls: readonly URL[], call: BatchCall) => Promise<readonly BatchOutcome[]>;

function withLowerCaseNames(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function readResponses(
  body: unknown,
  info: ResponseInfo,
  expected: readonly number[],
): Map<number, InnerResponse> {
  const fault = (): BodyError =>
    new BodyError('shape', {
      status: info.status,
      length: info.length,
      contentType: info.headers['content-type'],
      requestId: info.headers['request-id'],
    });
  const { responses } = (body ?? {}) as { responses?: unknown };
  if (!Array.isArray(responses)) throw fault();
  const found = new Map<number, InnerResponse>();
  for (const each of responses as readonly unknown[]) {
    const { id, status, headers, body: inner } = (each ?? {}) as Record<string, unknown>;
    if (typeof status !== 'number') throw fault();
    found.set(Number(id), { status, headers: withLowerCaseNames(headers), body: inner });
  }
  if (found.size !== expected.length || !expected.every((at) => found.has(at))) throw fault();
  return found;
}

/** What to do about one response: its outcome, or how long to wait before the request is sent again. */
type Decision =
  | { readonly outcome: BatchOutcome }
  | { readonly wait: number; readonly isThrottled: boolean };

/**
 * Creates the sender of batches. Graph evaluates each request of a batch separately, throttling included: requests that
 * can succeed later are sent in another batch, after the longest wait that any of them needs.
 */
export function createBatch(options: BatchOptions): SendBatch {
  const { pipeline, root, clock, random, log, adminConsentUrl } = options;
  const base = root.pathname.replace(/\/+$/, '');

  function send(urls: readonly URL[], pending: readonly number[], call: BatchCall) {
    return pipeline.send({
      method: 'POST',
      url: new URL(`${base}/$batch`, root),
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        requests: pending.map((at) => {
          const url = urls[at];
          const path = url === undefined ? '' : url.pathname.slice(base.length) + url.search;
          return { id: String(at), method: 'GET', url: path };
        }),
      }),
      ...call,
      read: (body, info) => readResponses(body, info, pending),
    });
  }

  function decide(
    { status, headers, body }: InnerResponse,
    attempt: number,
    { deadline, maxRetryAfter = Infinity }: BatchCall,
  ): Decision {
    if (status >= 200 && status < 300) return { outcome: { body } };
    const wall = clock.wall();
    const retryAfter = parseRetryAfter(headers, wall);
    const decision = decideRetry({
      failure: { status, retryAfter },
      attempt,
      policy: {
        ...defaultRetryPolicy,
        maxRetryAfter: Math.min(defaultRetryPolicy.maxRetryAfter, maxRetryAfter),
      },
      random: random(),
      remaining: deadline.left(),
      spend: () => true,
    });
    if (decision.retry)
      return { wait: decision.wait, isThrottled: status === 429 || retryAfter !== undefined };
    const error = responseError(status, headers, readGraphError(body), { wall, adminConsentUrl });
    error.attempts = attempt;
    const isLate = decision.why === 'deadline';
    return {
      outcome: {
        error: isLate ? new DeadlineError('pause', { attempts: attempt, cause: error }) : error,
      },
    };
  }

  return async (urls, call) => {
    const outcomes: BatchOutcome[] = [];
    let pending = [...urls.keys()];
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      const sentAt = clock.monotonic();
      const failed: number[] = [];
      let longest = 0;
      let isThrottled = false;
      for (const [at, response] of await send(urls, pending, call)) {
        const decision = decide(response, attempt, call);
        if ('outcome' in decision) {
          outcomes[at] = decision.outcome;
          continue;
        }
        failed.push(at);
        longest = Math.max(longest, decision.wait);
        isThrottled ||= decision.isThrottled;
      }
      if (failed.length > 0) {
        log('batch-retrying', { requests: failed.length, attempt, wait: longest });
        if (isThrottled) pipeline.hold(longest, sentAt);
        else await clock.sleep(longest, call.signal);
      }
      pending = failed;
    }
    return outcomes;
  };
}
