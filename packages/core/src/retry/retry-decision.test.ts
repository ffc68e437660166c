import { expect, it } from 'vitest';

import { BodyError } from '../errors/body-error.ts';
import { NetworkError } from '../errors/network-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TlsError } from '../errors/tls-error.ts';
import { createRetryBudget } from './retry-budget.ts';
import {
  backoff,
  decideRetry,
  defaultRetryPolicy,
  type Failure,
  type RetryDecision,
  type RetryContext,
} from './retry-decision.ts';

const host = { host: 'graph.example', port: 443 };

function ask(failure: Failure, more: Partial<RetryContext> = {}): RetryDecision {
  return decideRetry({
    failure,
    attempt: 1,
    policy: defaultRetryPolicy,
    random: 0.5,
    remaining: Infinity,
    spend: () => true,
    ...more,
  });
}

it.each([0, 0.3, 0.999])(
  'faults A1 row 1: after Retry-After 3 waits 3.0 to 3.3 s (random %d)',
  (random) => {
    const decision = ask({ status: 429, retryAfter: 3000 }, { random });
    expect(decision.retry && decision.wait).toBeGreaterThanOrEqual(3000);
    expect(decision.retry && decision.wait).toBeLessThanOrEqual(3300);
  },
);

it.each([undefined, 0])(
  'faults A1 rows 3 and 4: Retry-After %s still waits the backoff, never under 500 ms',
  (retryAfter) => {
    for (let attempt = 1; attempt < 8; attempt += 1)
      for (const random of [0, 0.5, 0.999]) {
        const decision = ask({ status: 429, retryAfter }, { attempt, random });
        expect(decision).toMatchObject({
          retry: true,
          wait: backoff(attempt, defaultRetryPolicy, random),
        });
        expect(decision.retry && decision.wait).toBeGreaterThanOrEqual(500);
      }
  },
);

it('faults A1 row 6: gives up when asked to wait over maxRetryAfter, instead of waiting less', () => {
  expect(ask({ status: 429, retryAfter: 9_999_999_999_000 })).toEqual({
    retry: false,
    why: 'retry-after',
  });
  expect(ask({ status: 429, retryAfter: 300_000 }).retry).toBe(true);
});

it('faults A1 row 7: stops after eight attempts', () => {
  expect(ask({ status: 429 }, { attempt: 7 }).retry).toBe(true);
  expect(ask({ status: 429 }, { attempt: 8 })).toEqual({ retry: false, why: 'attempts' });
});

it.each([408, 425, 429, 500, 502, 503, 504])('faults A1 row 10: retries %d', (status) => {
  expect(ask({ status }).retry).toBe(true);
});

it.each([400, 401, 403, 404, 405, 410, 501, 505])(
  'faults A1 row 10: does not retry %d',
  (status) => {
    expect(ask({ status })).toEqual({ retry: false, why: 'final' });
  },
);

it('retries what the network did, and broken bodies; never distrust or bombs', () => {
  const body = { status: 200, length: 1 };
  expect(ask({ error: new NetworkError(host, 'ECONNRESET') }).retry).toBe(true);
  expect(ask({ error: new TimeoutError(host, 'idle', 1) }).retry).toBe(true);
  expect(ask({ error: new BodyError('truncated', body) }).retry).toBe(true);
  expect(ask({ error: new BodyError('too-large', body) }).retry).toBe(false);
  expect(ask({ error: new TlsError(host, 'CERT_HAS_EXPIRED') }).retry).toBe(false);
  expect(ask({ error: new Error('a bug of ours') }).retry).toBe(false);
});

it('faults A2 row 17: asks for an unknown name three more times, for a busy DNS seven', () => {
  const unknown = { error: new NetworkError(host, 'ENOTFOUND') };
  expect(ask(unknown, { attempt: 3 }).retry).toBe(true);
  expect(ask(unknown, { attempt: 4 }).retry).toBe(false);
  expect(ask({ error: new NetworkError(host, 'EAI_AGAIN') }, { attempt: 7 }).retry).toBe(true);
});

it('faults A2 row 16: tries a new connection at once after a reset, and once only', () => {
  const reset = { error: new NetworkError(host, 'UND_ERR_SOCKET') };
  expect(ask(reset)).toMatchObject({ retry: true, wait: 0 });
  expect(ask(reset, { attempt: 2 })).toMatchObject({ retry: true, wait: 1000 });
  expect(ask({ error: new NetworkError(host, 'ECONNREFUSED') })).toMatchObject({
    retry: true,
    wait: 500,
  });
});

it('never plans a wait past the deadline', () => {
  expect(ask({ status: 503 }, { remaining: 400 })).toEqual({ retry: false, why: 'deadline' });
});

it('backs off between the base and a doubling ceiling', () => {
  expect(backoff(1, defaultRetryPolicy, 0)).toBe(500);
  expect(backoff(3, defaultRetryPolicy, 0.999)).toBeLessThanOrEqual(4000);
  expect(backoff(30, defaultRetryPolicy, 0.999)).toBeLessThanOrEqual(30_000);
  expect(backoff(30, defaultRetryPolicy, 0.999)).toBeGreaterThan(29_000);
});

it('faults A1 row 13: pays 500 units of retries, 5 each, 10 after a timeout, and no more', () => {
  const budget = createRetryBudget();
  const spend = (): boolean => budget.spend({ status: 503 });
  let retries = 0;
  while (spend()) retries += 1;
  expect(retries).toBe(100);
  expect(ask({ status: 503 }, { spend })).toEqual({ retry: false, why: 'budget' });
  for (let successes = 0; successes < 9; successes += 1) budget.refund();
  expect(budget.spend({ error: new TimeoutError(host, 'total', 1) })).toBe(false);
  budget.refund();
  expect(budget.spend({ error: new TimeoutError(host, 'total', 1) })).toBe(true);
});

it('asks the budget only when nothing else refuses', () => {
  let asked = 0;
  const spend = (): boolean => {
    asked += 1;
    return true;
  };
  ask({ status: 404 }, { spend });
  ask({ status: 503 }, { spend, attempt: 8 });
  ask({ status: 503 }, { spend, remaining: 0 });
  expect(asked).toBe(0);
});
