import { errorAnswer } from './error-answer.ts';
import type { FaultKind } from '../fault.ts';
import { pointAt } from './point-at.ts';

/** Answers of another status than the one that was earned. */
export const statusFaults = {
  throttled: {
    about: '429 with Retry-After (retryAfter: 3 by default; empty for none)',
    on: 'graph',
    takes: ['retryAfter', 'body'],
    instead: (context) =>
      errorAnswer({ ...context, parameters: { retryAfter: '3', ...context.parameters } }, 429),
  },
  status: {
    about: 'A status (503 by default) with a body of JSON, HTML, nothing or 5 MB',
    on: 'any',
    takes: ['status', 'retryAfter', 'body'],
    instead: (context) => errorAnswer(context, context.parameters.status ?? 503),
  },
  'error-in-200': {
    about: '200 whose body is an error',
    on: 'graph',
    takes: [],
    instead: (context) => ({ ...errorAnswer(context, 503), status: 200 }),
  },
  redirect: {
    about: 'A redirect (302 by default), to the hostile origin by default',
    on: 'any',
    takes: ['status', 'location'],
    instead: (context) => ({
      status: context.parameters.status ?? 302,
      headers: { location: pointAt(context.parameters.location ?? '{hostile}{path}', context) },
      body: '',
    }),
  },
} as const satisfies Record<string, FaultKind>;
