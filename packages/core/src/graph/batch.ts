import { BodyError } from '../errors/body-error.ts';
import { DeadlineError } from '../errors/deadline-error.ts';
import type { Log } from '../events.ts';
import type { Clock, Random } from '../ports.ts';
import { responseError } from './response-error.ts';
import { readGraphError } from './graph-error.ts';
import { decideRetry, defaultRetryPolicy } from '../retry/retry-decision.ts';
import { parseRetryAfter } from '../retry/retry-after.ts';
import type { ResponseInfo, PipelineRequest } from './graph-request.ts';
import type { Transport } from './pipeline.ts';

/** Graph's limit (Graph's docs, "JSON batching"). */
export const largestBatch = 20;

export type BatchOutcome = { readonly body: unknown } | { readonly error: Error };

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface BatchOptions {
  readonly transport: Transport;
  /** The Graph root, with its version. */
  readonly root: URL;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly adminConsentUrl?: string | undefined;
}

/** Asks up to 20 questions in one request; each has its own outcome, in the order asked. */
export type AskBatch = (
  urls: readonly URL[],
  call: Pick<PipelineRequest, 'signal' | 'deadline'>,
) => Promise<readonly BatchOutcome[]>;

function lowerCased(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function readAnswers(
  body: unknown,
  facts: ResponseInfo,
  expected: readonly number[],
): Map<number, Answer> {
  const fault = (): BodyError =>
    new BodyError('shape', {
      status: facts.status,
      length: facts.length,
      contentType: facts.headers['content-type'],
      requestId: facts.headers['request-id'],
    });
  const { responses } = (body ?? {}) as { responses?: unknown };
  if (!Array.isArray(responses)) throw fault();
  const answers = new Map<number, Answer>();
  for (const each of responses as readonly unknown[]) {
    const { id, status, headers, body: inner } = (each ?? {}) as Record<string, unknown>;
    if (typeof status !== 'number') throw fault();
    answers.set(Number(id), { status, headers: lowerCased(headers), body: inner });
  }
  if (answers.size !== expected.length || !expected.every((at) => answers.has(at))) throw fault();
  return answers;
}

/**
 * Graph judges each question of a batch by itself, throttling included, and so do we: what may succeed later goes into
 * the next batch, after the longest wait that was asked for; the rest has its outcome.
 */
export function createBatch(options: BatchOptions): AskBatch {
  const { transport, root, clock, random, log } = options;
  const base = root.pathname.replace(/\/+$/, '');

  function ask(
    urls: readonly URL[],
    pending: readonly number[],
    call: Pick<PipelineRequest, 'signal' | 'deadline'>,
  ) {
    return transport.send({
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
      read: (body, facts) => readAnswers(body, facts, pending),
    });
  }

  return async (urls, call) => {
    const outcomes: BatchOutcome[] = [];
    let pending = [...urls.keys()];
    for (let attempt = 1; pending.length > 0; attempt += 1) {
      const sentAt = clock.monotonic();
      const answers = await ask(urls, pending, call);
      const again: number[] = [];
      let longest = 0;
      let throttled = false;
      for (const [at, { status, headers, body }] of answers) {
        if (status >= 200 && status < 300) {
          outcomes[at] = { body };
          continue;
        }
        const retryAfter = parseRetryAfter(headers, clock.wall());
        const decision = decideRetry({
          failure: { status, retryAfter },
          attempt,
          policy: defaultRetryPolicy,
          random: random(),
          remaining: call.deadline.left(),
          spend: () => true,
        });
        if (decision.retry) {
          again.push(at);
          longest = Math.max(longest, decision.wait);
          throttled ||= status === 429 || retryAfter !== undefined;
          continue;
        }
        const error = responseError(status, headers, readGraphError(body), {
          wall: clock.wall(),
          adminConsentUrl: options.adminConsentUrl,
        });
        error.attempts = attempt;
        outcomes[at] = {
          error:
            decision.why === 'deadline'
              ? new DeadlineError('pause', { attempts: attempt, cause: error })
              : error,
        };
      }
      if (again.length > 0) {
        log('batch-retrying', { requests: again.length, attempt, wait: longest });
        if (throttled) transport.hold(longest, sentAt);
        else await clock.sleep(longest, call.signal);
      }
      pending = again;
    }
    return outcomes;
  };
}
