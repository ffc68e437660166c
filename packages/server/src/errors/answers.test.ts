import {
  AccessDeniedError,
  CircuitOpenError,
  DeadlineError,
  PermissionError,
  ThrottledError,
  TokenEndpointError,
  UnavailableError,
} from '@rollcall/core';
import { expect, it } from 'vitest';

import { answerTo } from './answers.ts';

it.each([
  ['a throttled request', new ThrottledError({ status: 429, retryAfter: 40_000 }), 503, 40],
  ['an unavailable service', new UnavailableError({ status: 503, retryAfter: 12_500 }), 503, 13],
  [
    'a throttled token endpoint',
    new TokenEndpointError({ status: 429, retryAfter: 40_000 }),
    503,
    40,
  ],
  [
    'an unavailable token endpoint',
    new TokenEndpointError({ status: 503, retryAfter: 7_000 }),
    503,
    7,
  ],
  ['an open circuit', new CircuitOpenError(29_100), 503, 30],
  ['a wait beyond the deadline', new DeadlineError('pause', { retryAfter: 40_000 }), 503, 40],
  ['a deadline without a wait', new DeadlineError('answer'), 504, undefined],
])('faults A1 row 7: %s has the time to wait in its response', (_, error, status, retryAfter) => {
  const answer = answerTo(error);
  expect([answer.status, answer.retryAfter]).toEqual([status, retryAfter]);
});

const graphCode = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

it('a refusal for the query of the caller is passed on with the code and the message of Graph', () => {
  const explanation = 'Neither tenant is B2C nor has premium license.';
  const error = new AccessDeniedError({ status: 403, graphCode, explanation });
  expect(answerTo(error)).toMatchObject({ status: 403, graphCode, detail: explanation });
});

it.each([
  ['a permission', new PermissionError({ status: 403, missing: ['User.Read.All'] })],
  ['a policy', new AccessDeniedError({ status: 403, graphCode: 'AccessDenied', explanation: 'x' })],
  ['an unknown code', new AccessDeniedError({ status: 403, explanation: 'tenant 1234' })],
])('a refusal for %s is the problem of the operator, without the text of Graph', (_, error) => {
  const answer = answerTo(error);
  expect(answer).toMatchObject({ status: 502, code: 'upstream_permission' });
  expect(answer.detail).not.toContain('tenant 1234');
});
