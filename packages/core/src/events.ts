import { defineEvent, type EventRegistry, type LogFor } from './event-registry.ts';

/** Seconds as people read them: `0.5 s`, `12 s`, `15 min`. */
export function formatWait(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`;
  return seconds < 10 ? `${Number(seconds.toFixed(1))} s` : `${Math.round(seconds)} s`;
}

const waitsForRetry = { wait: 'milliseconds', attempt: 'count', code: 'text' } as const;

const reasonsToStop: Readonly<Record<string, string>> = {
  attempts: 'the maximum number of attempts is reached',
  budget: 'too many requests failed recently',
  deadline: 'the next attempt would exceed the deadline',
  'retry-after': 'the service asks for a longer wait than the maximum',
};

/**
 * Every event that core logs, with its level, the fields that it carries and the sentence a person reads. The logs of
 * the command and of the server, the progress line and the metrics derive from this registry: an event or a field that
 * is not in it does not compile, and a front end never decides by itself which fields to print.
 */
export const events = {
  'settings-warning': defineEvent({
    level: 'warn',
    fields: { path: 'text', source: 'text', message: 'text', hint: 'text' },
    text: ({ path, source, message, hint }) => `${path} (${source}): ${message}. ${hint}`,
  }),
  'clock-skew': defineEvent({
    level: 'warn',
    fields: { seconds: 'seconds' },
    text: ({ seconds }) =>
      `The local clock is ${formatWait(Math.abs(seconds) * 1000)} ${seconds < 0 ? 'behind' : 'ahead of'} the clock of the service`,
  }),
  'tenant-resolved': defineEvent({
    level: 'debug',
    fields: { tenant: 'text', id: 'text' },
    text: ({ tenant, id }) => `The tenant ${tenant} has the id ${id}`,
  }),
  'credential-chosen': defineEvent({
    level: 'info',
    fields: { credential: 'text' },
    text: ({ credential }) => `Signed in with the credential ${credential}`,
  }),
  'credential-skipped': defineEvent({
    level: 'debug',
    fields: { credential: 'text', why: 'text' },
    text: ({ credential, why }) => `Skipped the credential ${credential}: ${why}`,
  }),
  'certificate-expiry': defineEvent({
    level: ({ isSoon }) => (isSoon ? 'warn' : 'debug'),
    fields: { days: 'days', isSoon: 'flag' },
    text: ({ days }) => `The certificate of the application expires in ${days} days`,
  }),
  'connection-failed': defineEvent({
    level: 'warn',
    fields: {
      code: 'text',
      message: 'text',
      attempt: 'count',
      attempts: 'count',
      wait: 'milliseconds',
    },
    text: ({ message, attempt, attempts, wait }) =>
      `${message} Retrying in ${formatWait(wait)}, attempt ${attempt} of ${attempts}`,
  }),
  'token-received': defineEvent({
    level: 'debug',
    fields: { secondsLeft: 'seconds' },
    text: ({ secondsLeft }) => `Received a token that expires in ${formatWait(secondsLeft * 1000)}`,
  }),
  'token-retry': defineEvent({
    level: 'info',
    fields: waitsForRetry,
    text: ({ wait, attempt, code }) =>
      `The token request failed (${code}, attempt ${attempt}), retrying in ${formatWait(wait)}`,
  }),
  'token-refresh-failed': defineEvent({
    level: 'warn',
    fields: { code: 'text', message: 'text', secondsLeft: 'seconds' },
    text: ({ code, message, secondsLeft }) =>
      `The token could not be refreshed (${code}: ${message}); the current token expires in ${formatWait(secondsLeft * 1000)}`,
  }),
  'token-cache-failed': defineEvent({
    level: 'warn',
    fields: { cache: 'text', message: 'text' },
    text: ({ cache, message }) => `The ${cache} token cache cannot be used: ${message}`,
  }),
  'token-cache-unused': defineEvent({
    level: 'warn',
    fields: { cache: 'text', credential: 'text', message: 'text' },
    text: ({ cache, credential, message }) =>
      `The ${cache} token cache is not used with the credential ${credential}: ${message}`,
  }),
  'token-cache-corrupt': defineEvent({
    level: 'warn',
    fields: { cache: 'text' },
    text: ({ cache }) => `The ${cache} token cache is damaged and was replaced`,
  }),
  'token-cache-read-failed': defineEvent({
    level: 'debug',
    fields: { cache: 'text', code: 'text' },
    text: ({ cache, code }) => `The ${cache} token cache could not be read (${code})`,
  }),
  'token-cache-lock-lost': defineEvent({
    level: 'debug',
    fields: { cache: 'text' },
    text: ({ cache }) => `Another process took the lock of the ${cache} token cache`,
  }),
  request: defineEvent({
    level: 'debug',
    fields: {
      method: 'text',
      path: 'text',
      duration: 'milliseconds',
      status: 'count?',
      bytes: 'bytes?',
      resourceUnits: 'resourceUnits?',
      requestId: 'text?',
      error: 'text?',
    },
    text: ({ method, path, duration, status, bytes, error }) =>
      status === undefined
        ? `${method} ${path} failed with ${error ?? 'an error'} after ${duration} ms`
        : `${method} ${path} ${status}, ${bytes ?? 0} bytes in ${duration} ms`,
  }),
  retrying: defineEvent({
    level: 'info',
    fields: { ...waitsForRetry, requestId: 'text?' },
    text: ({ wait, attempt, code }) =>
      `The request failed (${code}, attempt ${attempt}), retrying in ${formatWait(wait)}`,
  }),
  throttled: defineEvent({
    level: 'warn',
    fields: { ...waitsForRetry, requestId: 'text?' },
    text: ({ wait, attempt }) =>
      `Throttled (429, attempt ${attempt}), retrying in ${formatWait(wait)}`,
  }),
  'batch-retrying': defineEvent({
    level: 'info',
    fields: { requests: 'count', attempt: 'count', wait: 'milliseconds' },
    text: ({ requests, attempt, wait }) =>
      `${requests} requests of a batch failed (attempt ${attempt}), retrying them in ${formatWait(wait)}`,
  }),
  'retries-exhausted': defineEvent({
    level: 'warn',
    fields: { reason: 'text', attempt: 'count', code: 'text' },
    text: ({ reason, attempt, code }) =>
      `Giving up after ${attempt} ${attempt === 1 ? 'attempt' : 'attempts'} (${code}): ${reasonsToStop[reason] ?? reason}`,
  }),
  'circuit-open': defineEvent({
    level: 'warn',
    fields: { wait: 'milliseconds' },
    text: ({ wait }) => `The service fails too often; no requests are sent for ${formatWait(wait)}`,
  }),
  'circuit-closed': defineEvent({
    level: 'info',
    fields: {},
    text: () => 'The service answers again; requests are sent as before',
  }),
  'unexpected-content-type': defineEvent({
    level: 'warn',
    fields: { contentType: 'text?', status: 'count' },
    text: ({ contentType, status }) =>
      `The service answered ${status} with the content type ${contentType ?? '(none)'}, not JSON`,
  }),
  'page-link-expired': defineEvent({
    level: 'warn',
    fields: { restartsFrom: 'text' },
    text: ({ restartsFrom }) =>
      restartsFrom === 'first-page'
        ? 'The link to the next page expired; reading again from the first page'
        : 'The link to the next page expired; reading again from the last page that needed no retry',
  }),
  'advanced-query-used': defineEvent({
    level: 'info',
    fields: { reason: 'text' },
    text: ({ reason }) =>
      reason === 'required'
        ? 'The service requires an advanced query; repeating the request as one (ConsistencyLevel: eventual)'
        : 'Reading on with advanced queries (ConsistencyLevel: eventual), whose page links are of another kind',
  }),
  'page-size-reduced': defineEvent({
    level: 'warn',
    fields: { from: 'count', to: 'count', code: 'text?' },
    text: ({ from, to, code }) =>
      `The service cannot return ${from} users per page (${code ?? 'no code'}); requesting ${to}`,
  }),
  'count-refused': defineEvent({
    level: 'warn',
    fields: { when: 'text', code: 'text?' },
    text: ({ when, code }) =>
      `The service refused $count at the ${when} of the listing (${code ?? 'no code'}); the result cannot be verified against it`,
  }),
  'parallel-listing-refused': defineEvent({
    level: 'warn',
    fields: { strategy: 'text', reason: 'text', code: 'text?' },
    text: ({ strategy, reason, code }) =>
      `The service ${reason} the filters of the parallel listing (${strategy}, ${code ?? 'no code'}); reading all users sequentially`,
  }),
  'parallel-listing-checked': defineEvent({
    level: 'warn',
    fields: { users: 'count' },
    text: ({ users }) =>
      `The ${users} users of the parallel listing do not match $count; reading all users again sequentially`,
  }),
  'delta-link-expires': defineEvent({
    level: 'warn',
    fields: { days: 'days', lifetime: 'days' },
    text: ({ days, lifetime }) =>
      `The delta link is ${days} days old; the service keeps it for ${lifetime} days`,
  }),
} as const satisfies EventRegistry;

export type EventName = keyof typeof events;

/** Takes one of core's events and its fields. */
export type Log = LogFor<typeof events>;
