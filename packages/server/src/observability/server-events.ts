import { events } from '@rollcall/core';
import { defineEvent, type EventRegistry, type LogFor } from '@rollcall/core/command-line';

/** What is logged about an error: codes and the request id of the service; no text that could contain data. */
const failureFields = {
  failure: 'text',
  category: 'text?',
  upstreamRequestId: 'text?',
  attempts: 'count?',
} as const;

/** Every event that the server logs: its own, and those of core. */
export const serverEvents = {
  ...events,
  ready: defineEvent({
    level: 'info',
    fields: { host: 'text', port: 'count' },
    text: ({ host, port }) => `Listening on ${host}, port ${port}`,
  }),
  'request-started': defineEvent({
    level: 'debug',
    fields: { requestId: 'text', method: 'text', route: 'text' },
    text: ({ method, route }) => `${method} ${route} started`,
  }),
  'request-completed': defineEvent({
    level: ({ status }) => (status >= 500 ? 'warn' : 'info'),
    fields: {
      requestId: 'text',
      traceId: 'text?',
      method: 'text',
      route: 'text?',
      caller: 'text?',
      status: 'count',
      complete: 'flag',
      failure: 'text?',
      users: 'count?',
      bytes: 'bytes',
      duration: 'milliseconds',
    },
    text: ({ method, route, status, duration }) =>
      `${method} ${route ?? '(no route)'} ${status} in ${duration} ms`,
  }),
  'request-failed': defineEvent({
    level: 'error',
    fields: { requestId: 'text', route: 'text?', ...failureFields },
    text: ({ route, failure }) => `${route ?? '(no route)'} failed: ${failure}`,
  }),
  'audit-failed': defineEvent({
    level: 'error',
    fields: { requestId: 'text?', reason: 'text' },
    text: ({ reason }) => `The audit log cannot be written: ${reason}`,
  }),
  'audit-reopened': defineEvent({
    level: 'info',
    fields: {},
    text: () => 'The audit log was opened again',
  }),
  'caller-refused': defineEvent({
    level: 'warn',
    fields: { requestId: 'text', reason: 'text' },
    text: ({ reason }) => `The credential of a caller is not valid: ${reason}`,
  }),
  'callers-reloaded': defineEvent({
    level: 'info',
    fields: {},
    text: () => 'Using the changed file of callers',
  }),
  'callers-reload-failed': defineEvent({
    level: 'error',
    fields: { reason: 'text' },
    text: ({ reason }) => `The changed file of callers is not used: ${reason}`,
  }),
  'page-keys-reloaded': defineEvent({
    level: 'info',
    fields: {},
    text: () => 'Using the changed file of page keys',
  }),
  'page-keys-reload-failed': defineEvent({
    level: 'error',
    fields: { reason: 'text' },
    text: ({ reason }) => `The changed file of page keys is not used: ${reason}`,
  }),
  'signing-keys-failed': defineEvent({
    level: 'error',
    fields: { reason: 'text' },
    text: ({ reason }) => `The signing keys of the identity platform cannot be read: ${reason}`,
  }),
  'not-ready': defineEvent({
    level: 'warn',
    fields: { requestId: 'text', ...failureFields },
    text: ({ failure }) => `The server cannot get a token: ${failure}`,
  }),
  'unhandled-error': defineEvent({
    level: 'error',
    fields: failureFields,
    text: ({ failure }) => `An error was not handled, stopping: ${failure}`,
  }),
  'traces-unused': defineEvent({
    level: 'warn',
    fields: {},
    text: () =>
      'No OpenTelemetry SDK is registered, so that --traces has no effect; load one with NODE_OPTIONS=--import',
  }),
  'tls-key-readable': defineEvent({
    level: 'warn',
    fields: {},
    text: () => 'Other users of this machine can read the file of --tls-key; run chmod 600 on it',
  }),
  'tls-loaded': defineEvent({
    level: 'info',
    fields: { daysLeft: 'count' },
    text: ({ daysLeft }) => `Serving HTTPS with a certificate that is valid for ${daysLeft} days`,
  }),
  'tls-reloaded': defineEvent({
    level: 'info',
    fields: { daysLeft: 'count' },
    text: ({ daysLeft }) => `Using the renewed certificate, valid for ${daysLeft} days`,
  }),
  'tls-reload-failed': defineEvent({
    level: 'error',
    fields: { reason: 'text' },
    text: ({ reason }) => `The renewed certificate is not used: ${reason}`,
  }),
  reloading: defineEvent({
    level: 'info',
    fields: { signal: 'text' },
    text: ({ signal }) =>
      `Received ${signal}, reading certificates and opening the audit log again`,
  }),
  stopping: defineEvent({
    level: 'info',
    fields: { signal: 'text' },
    text: ({ signal }) => `Received ${signal}, finishing the requests in progress`,
  }),
  stopped: defineEvent({ level: 'info', fields: {}, text: () => 'Stopped' }),
} as const satisfies EventRegistry;

export type ServerEventName = keyof typeof serverEvents;

/** Takes one event of the server or of core. */
export type ServerLog = LogFor<typeof serverEvents>;
