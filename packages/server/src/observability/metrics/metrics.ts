import type { Metric } from './metric.ts';

const second = 1_000;
const day = 86_400_000;

/** Seconds. A page takes tenths of a second, a stream of a large tenant minutes. */
const requestBuckets = [0.005, 0.02, 0.1, 0.3, 1, 3, 10, 30, 100, 300];
const upstreamBuckets = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/** The routes answer these; all others are counted together, because a caller chooses the method. */
const methods = new Set(['GET', 'HEAD', 'POST', 'OPTIONS']);

/** The label of a request that no route answers. */
const noRoute = '(none)';

/**
 * Every metric that derives from events. docs/reference/metrics.md has the same table; a test writes it.
 */
export const metrics = {
  rollcall_requests_total: {
    kind: 'counter',
    help: 'Requests that were answered, by method, route and status.',
    labels: ['method', 'route', 'status'],
    from: {
      'request-completed': ({ method, route = noRoute, status }) => ({
        labels: { method: methods.has(method) ? method : 'other', route, status: String(status) },
        value: 1,
      }),
    },
  },
  rollcall_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time from the head of a request to the end of its response.',
    labels: ['route'],
    buckets: requestBuckets,
    from: {
      'request-completed': ({ route = noRoute, duration }) => ({
        labels: { route },
        value: duration / second,
      }),
    },
  },
  rollcall_requests_in_progress: {
    kind: 'upDownCounter',
    help: 'Requests that routes are answering now. The routes /users.ndjson, /users.csv and /users.json are streams.',
    labels: ['route'],
    from: {
      'request-started': ({ route }) => ({ labels: { route }, value: 1 }),
      'request-completed': ({ route }) =>
        route === undefined ? undefined : { labels: { route }, value: -1 },
    },
  },
  rollcall_requests_cut_total: {
    kind: 'counter',
    help: 'Responses that were not sent to their end: the caller left, or the server cut the connection.',
    labels: ['route'],
    from: {
      'request-completed': ({ route = noRoute, complete }) =>
        complete ? undefined : { labels: { route }, value: 1 },
    },
  },
  rollcall_sent_bytes_total: {
    kind: 'counter',
    help: 'Bytes of responses, heads included, before TLS.',
    labels: ['route'],
    from: {
      'request-completed': ({ route = noRoute, bytes }) => ({ labels: { route }, value: bytes }),
    },
  },
  rollcall_users_sent_total: {
    kind: 'counter',
    help: 'Users in the responses of streams.',
    labels: ['route'],
    from: {
      'request-completed': ({ route = noRoute, users }) =>
        users === undefined ? undefined : { labels: { route }, value: users },
    },
  },
  rollcall_upstream_requests_total: {
    kind: 'counter',
    help: 'Requests to Microsoft Graph, retries included, by HTTP status or by the code of the error.',
    labels: ['result'],
    from: {
      request: ({ status, error }) => ({
        labels: { result: String(status ?? error ?? 'unknown') },
        value: 1,
      }),
    },
  },
  rollcall_upstream_request_duration_seconds: {
    kind: 'histogram',
    help: 'Time of one request to Microsoft Graph, body included.',
    buckets: upstreamBuckets,
    from: { request: ({ duration }) => ({ value: duration / second }) },
  },
  rollcall_upstream_received_bytes_total: {
    kind: 'counter',
    help: 'Decompressed bytes of the responses of Microsoft Graph.',
    from: { request: ({ bytes }) => (bytes === undefined ? undefined : { value: bytes }) },
  },
  rollcall_upstream_resource_units_total: {
    kind: 'counter',
    help: 'Resource units that Microsoft Graph charged, as its responses state.',
    from: {
      request: ({ resourceUnits }) =>
        resourceUnits === undefined ? undefined : { value: resourceUnits },
    },
  },
  rollcall_upstream_throttled_total: {
    kind: 'counter',
    help: 'Requests that Microsoft Graph throttled (429) and that are retried.',
    from: { throttled: () => ({ value: 1 }) },
  },
  rollcall_upstream_throttled_wait_seconds_total: {
    kind: 'counter',
    help: 'Time that retries wait because Microsoft Graph throttled.',
    from: { throttled: ({ wait }) => ({ value: wait / second }) },
  },
  rollcall_upstream_retries_total: {
    kind: 'counter',
    help: 'Requests to Microsoft Graph that are retried, by the code of the error.',
    labels: ['code'],
    from: {
      throttled: ({ code }) => ({ labels: { code }, value: 1 }),
      retrying: ({ code }) => ({ labels: { code }, value: 1 }),
    },
  },
  rollcall_upstream_gave_up_total: {
    kind: 'counter',
    help: 'Requests to Microsoft Graph that were given up, by reason.',
    labels: ['reason'],
    from: { 'retries-exhausted': ({ reason }) => ({ labels: { reason }, value: 1 }) },
  },
  rollcall_upstream_circuit_open: {
    kind: 'gauge',
    help: '1 while no requests are sent because Microsoft Graph fails too often, else 0.',
    from: { 'circuit-open': () => ({ value: 1 }), 'circuit-closed': () => ({ value: 0 }) },
  },
  rollcall_token_age_seconds: {
    kind: 'age',
    help: 'Time since this process received its present token. Absent before the first one.',
    unit: second,
    from: { 'token-received': () => ({ value: 0 }) },
  },
  rollcall_token_remaining_seconds: {
    kind: 'countdown',
    help: 'Time until the present token expires; negative afterwards.',
    unit: second,
    from: { 'token-received': ({ secondsLeft }) => ({ value: secondsLeft }) },
  },
  rollcall_token_requests_failed_total: {
    kind: 'counter',
    help: 'Token requests that failed and are retried, and refreshes that failed, by the code of the error.',
    labels: ['code'],
    from: {
      'token-retry': ({ code }) => ({ labels: { code }, value: 1 }),
      'token-refresh-failed': ({ code }) => ({ labels: { code }, value: 1 }),
    },
  },
  rollcall_token_cache_failures_total: {
    kind: 'counter',
    help: 'Failures of the token cache that processes share.',
    labels: ['cache'],
    from: { 'token-cache-failed': ({ cache }) => ({ labels: { cache }, value: 1 }) },
  },
  rollcall_application_certificate_remaining_days: {
    kind: 'countdown',
    help: 'Days until the certificate of the application expires. Absent with another credential, and before its first use.',
    unit: day,
    from: { 'certificate-expiry': ({ days }) => ({ value: days }) },
  },
  rollcall_tls_certificate_remaining_days: {
    kind: 'countdown',
    help: 'Days until the certificate of --tls-cert expires. Absent without HTTPS.',
    unit: day,
    from: {
      'tls-loaded': ({ daysLeft }) => ({ value: daysLeft }),
      'tls-reloaded': ({ daysLeft }) => ({ value: daysLeft }),
    },
  },
} as const satisfies Readonly<Record<string, Metric>>;
