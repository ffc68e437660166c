import { readFileSync } from 'node:fs';

import { expect, it, onTestFinished } from 'vitest';

import { routes } from '../../routes.ts';
import { startTestServer } from '../../testing/start-test-server.ts';
import type { ServerEventName, ServerLog } from '../server-events.ts';
import { createMetrics } from './create-metrics.ts';
import type { Metric } from './metric.ts';
import { metrics } from './metrics.ts';
import { processMetrics, type ProcessMetric } from './process-metrics.ts';

const ignore: ServerLog = () => {};

function observed(now?: () => number) {
  const created = createMetrics(now);
  onTestFinished(() => created[Symbol.dispose]());
  const log = created.observing(ignore);
  async function values(name: string): Promise<readonly string[]> {
    const lines = (await created.text()).split('\n');
    return lines.filter((line) => !line.startsWith('#') && line.startsWith(name));
  }
  return { log, values };
}

const completed = {
  requestId: 'id',
  method: 'GET',
  route: '/users.csv',
  status: 200,
  complete: true,
  bytes: 1_000,
  duration: 250,
} as const;

it('counts requests by method, route and status, with their duration', async () => {
  const { log, values } = observed();
  log('request-completed', completed);
  log('request-completed', { ...completed, method: 'BREW', route: undefined, status: 404 });
  expect(await values('rollcall_requests_total')).toEqual([
    'rollcall_requests_total{method="GET",route="/users.csv",status="200"} 1',
    'rollcall_requests_total{method="other",route="(none)",status="404"} 1',
  ]);
  expect(await values('rollcall_request_duration_seconds_sum{route="/users.csv"}')).toEqual([
    'rollcall_request_duration_seconds_sum{route="/users.csv"} 0.25',
  ]);
  expect(
    await values('rollcall_request_duration_seconds_bucket{le="0.1",route="/users.csv"}'),
  ).toEqual(['rollcall_request_duration_seconds_bucket{le="0.1",route="/users.csv"} 0']);
});

it('counts what Graph answers, costs and asks to wait for', async () => {
  const { log, values } = observed();
  const request = { method: 'GET', path: '/v1.0/users/{id}', duration: 40 };
  log('request', { ...request, status: 200, bytes: 500, resourceUnits: 2 });
  log('request', { ...request, status: 429 });
  log('request', { ...request, error: 'E_NETWORK' });
  log('throttled', { wait: 3_000, attempt: 1, code: 'E_THROTTLED' });
  log('retrying', { wait: 100, attempt: 1, code: 'E_NETWORK' });
  log('circuit-open', { wait: 1 });
  expect(await values('rollcall_upstream_')).toEqual(
    expect.arrayContaining([
      'rollcall_upstream_requests_total{result="200"} 1',
      'rollcall_upstream_requests_total{result="429"} 1',
      'rollcall_upstream_requests_total{result="E_NETWORK"} 1',
      'rollcall_upstream_resource_units_total 2',
      'rollcall_upstream_received_bytes_total 500',
      'rollcall_upstream_throttled_total 1',
      'rollcall_upstream_throttled_wait_seconds_total 3',
      'rollcall_upstream_retries_total{code="E_THROTTLED"} 1',
      'rollcall_upstream_retries_total{code="E_NETWORK"} 1',
      'rollcall_upstream_circuit_open 1',
    ]),
  );
  log('circuit-closed', {});
  expect(await values('rollcall_upstream_circuit_open')).toEqual([
    'rollcall_upstream_circuit_open 0',
  ]);
});

it('lets the age of the token grow, and what is left of token and certificates fall', async () => {
  let now = 0;
  const { log, values } = observed(() => now);
  const names = ['rollcall_token_', 'rollcall_application_', 'rollcall_tls_'];
  const read = async () => (await Promise.all(names.map(async (name) => values(name)))).flat();
  expect(await read()).toEqual([]);
  log('token-received', { secondsLeft: 3_600 });
  log('certificate-expiry', { days: 30, isSoon: false });
  log('tls-loaded', { daysLeft: 90 });
  now = 86_400_000;
  expect(await read()).toEqual([
    'rollcall_token_age_seconds 86400',
    'rollcall_token_remaining_seconds -82800',
    'rollcall_application_certificate_remaining_days 29',
    'rollcall_tls_certificate_remaining_days 89',
  ]);
  log('token-received', { secondsLeft: 3_600 });
  log('tls-reloaded', { daysLeft: 365 });
  expect(await read()).toEqual([
    'rollcall_token_age_seconds 0',
    'rollcall_token_remaining_seconds 3600',
    'rollcall_application_certificate_remaining_days 29',
    'rollcall_tls_certificate_remaining_days 365',
  ]);
});

it('counts requests in progress, and none after their end', async () => {
  const release = Promise.withResolvers<void>();
  const reads = Promise.withResolvers<void>();
  const { get } = await startTestServer({
    users: 3,
    before: async () => {
      reads.resolve();
      await release.promise;
    },
  });
  const running = async () =>
    (await (await get('/metrics')).text())
      .split('\n')
      .filter((line) => /^rollcall_requests_in_progress.*ndjson/u.test(line));
  const stream = get('/users.ndjson');
  await reads.promise;
  expect(await running()).toEqual(['rollcall_requests_in_progress{route="/users.ndjson"} 1']);
  release.resolve();
  await (await stream).text();
  await expect.poll(running).toEqual(['rollcall_requests_in_progress{route="/users.ndjson"} 0']);
});

it('has labels for routes only, for all paths, methods and queries that callers send', async () => {
  const { get, server } = await startTestServer({ users: 3 });
  for (let index = 0; index < 50; index += 1) {
    await get(`/v1.0/users/canary-${index}`);
    await get(`/canary-${index}`, { method: 'DELETE' });
    await get(`/v1.0/USERS('canary-${index}')?$filter=canary`, { method: 'PUT' });
    await get(`/v1.0/users?$skiptoken=canary-${index}`, { headers: { host: `canary-${index}` } });
  }
  await fetch(`${server.url}/%`);
  const answer = await get('/metrics');
  const text = await answer.text();
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).not.toContain('canary');
  const known = new Set<string>(['(none)', ...Object.values(routes).map(({ path }) => path)]);
  for (const [, route = ''] of text.matchAll(/route="([^"]*)"/gu)) expect(known).toContain(route);
  expect(text.match(/^rollcall_requests_total/gmu)?.length).toBeLessThan(12);
});

it('measures the delay of the event loop, and the process', async () => {
  const { values } = observed();
  // The delay is the lateness of a timer, which has to run before the loop is blocked and afterwards.
  const longest = async () => {
    const until = performance.now() + 60;
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 0));
    const [, , line = ''] = await values('rollcall_event_loop_delay_seconds');
    expect(line).toMatch(/^rollcall_event_loop_delay_seconds\{quantile="1"\} /u);
    return Number(line.split(' ')[1]);
  };
  await expect.poll(longest).toBeGreaterThan(0.04);
  expect(Number((await values('process_resident_memory_bytes'))[0]?.split(' ')[1])).toBeGreaterThan(
    1e6,
  );
});

it('passes each event on to the log', () => {
  const created = createMetrics();
  onTestFinished(() => created[Symbol.dispose]());
  const seen: ServerEventName[] = [];
  created.observing((event) => void seen.push(event))('stopped', {});
  expect(seen).toEqual(['stopped']);
});

it('docs/reference/metrics.md lists every metric', async () => {
  const file = new URL('../../../../../docs/reference/metrics.md', import.meta.url);
  const begin = '<!-- generated from the registry: vitest -u writes it -->\n';
  const end = '<!-- end of the generated part -->';
  const types = { upDownCounter: 'gauge', age: 'gauge', countdown: 'gauge' } as const;
  const all: readonly (readonly [string, Metric | ProcessMetric])[] = [
    ...Object.entries(metrics),
    ...Object.entries(processMetrics),
  ];
  const rows = all.map(([name, { kind, labels = [], help, ...more }]) => {
    const events = 'from' in more ? Object.keys(more.from) : [];
    const cells = [
      `\`${name}\``,
      (types as Partial<Record<string, string>>)[kind] ?? kind,
      labels.map((label) => `\`${label}\``).join(', '),
      help,
      events.map((event) => `\`${event}\``).join(', ') || 'Node',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const table = [
    '| metric | type | labels | meaning | from |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ];
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after = ''] = rest.split(end);
  await expect(`${before}${begin}${table.join('\n')}${end}${after}`).toMatchFileSnapshot(
    file.pathname,
  );
});
