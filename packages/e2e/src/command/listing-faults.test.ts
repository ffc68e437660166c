import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
const users = 1_500;
let tenant: Tenant;

beforeAll(async () => {
  tenant = await startTenant(stage, { users });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

function idsOf(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
}

type Fault = Readonly<Record<string, unknown>>;
type Counts = Readonly<Record<string, number>>;

async function look<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${tenant.control}${path}`)).json()) as Answer;
}

async function order(path: string, body: unknown = {}): Promise<void> {
  const answer = await fetch(`${tenant.control}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

async function happened(): Promise<Counts> {
  return (await look<{ happened: Counts }>('/faults')).happened;
}

const list = (...more: readonly string[]) =>
  stage.run('rollcall', ['users', 'list', '-o', 'ndjson', ...tenant.flags, ...more]);

/** What a listing survives: each happens once, to a page of its own. */
const survived: readonly Fault[] = [
  { kind: 'throttled', retryAfter: '1' },
  { kind: 'throttled', retryAfter: 'date:1' },
  { kind: 'throttled', retryAfter: '' },
  { kind: 'status', status: 500, body: 'html' },
  { kind: 'status', status: 502, body: 'huge' },
  { kind: 'status', status: 503, body: 'empty' },
  { kind: 'status', status: 504, body: 'json' },
  { kind: 'status', status: 408, body: 'json' },
  { kind: 'error-in-200' },
  { kind: 'reset-before-headers' },
  { kind: 'reset-in-body' },
  { kind: 'reset-in-body', form: 'chunked' },
  { kind: 'closed-in-body' },
  { kind: 'content-length-short' },
  { kind: 'content-length-long' },
  { kind: 'truncated-json' },
  { kind: 'empty-body' },
  { kind: 'not-json' },
  { kind: 'wrong-content-type' },
  { kind: 'bom' },
  { kind: 'invalid-utf8' },
  { kind: 'duplicate-keys' },
  { kind: 'gzip-truncated' },
  { kind: 'gzip-without-trailer' },
  { kind: 'gzip-bad-checksum' },
  { kind: 'gzip-label-on-plain' },
  { kind: 'page-value', value: 'missing' },
  { kind: 'empty-page' },
  { kind: 'duplicate-user' },
  { kind: 'big-integer' },
  { kind: 'self-link' },
  { kind: 'unauthorized' },
  { kind: 'expired-page-token' },
  // Last, because it may wait for the request after.
  { kind: 'stale-connection' },
];

it(
  'lists all users once despite every fault that a retry can fix',
  { timeout: 180_000 },
  async () => {
    const clean = await list('--page-size', '12');
    expect(clean.stderr).toMatch(/^complete: 1,500/u);
    const before = await happened();
    await order(
      '/faults',
      survived.map((fault, at) => ({
        ...fault,
        on: 'graph',
        path: '/v1.0/users?',
        nth: 3 + at * 4,
      })),
    );
    const { code, stdout, stderr } = await list('--page-size', '12');
    const after = await happened();
    await order('/faults/clear');
    for (const kind of new Set(survived.map((fault) => String(fault['kind']))))
      expect
        .soft([kind, (after[kind] ?? 0) - (before[kind] ?? 0)])
        .toEqual([kind, survived.filter((fault) => fault['kind'] === kind).length]);
    expect(stderr).toMatch(/complete: 1,500/u);
    expect(code).toBe(0);
    expect(new Set(idsOf(stdout)).size).toBe(users);
    expect(idsOf(stdout).toSorted()).toEqual(idsOf(clean.stdout).toSorted());
  },
);

it.each([
  ['refuses', {}],
  ['cannot finish', { status: 504 }],
])('halves its pages where the service %s large ones', async (_, how) => {
  const before = await happened();
  await order('/faults', { kind: 'page-size-refused', count: 150, path: '/v1.0/users?', ...how });
  const { code, stdout, stderr } = await list('--page-size', '400');
  const after = await happened();
  await order('/faults/clear');
  const kind = 'page-size-refused';
  const times = (after[kind] ?? 0) - (before[kind] ?? 0);
  expect({ code, times }).toEqual({ code: 0, times: 'status' in how ? 6 : 2 });
  expect(stderr).toContain('users per page');
  expect(stderr).toMatch(/complete: 1,500/u);
  expect(new Set(idsOf(stdout)).size).toBe(users);
});

describe('what no listing may survive', () => {
  it.each<[string, Fault]>([
    ['a link to another host', { kind: 'link', link: '{hostile}/v1.0/users?$skiptoken=a' }],
    ['a link that begins like ours', { kind: 'link', link: '{origin}@{hostile}/v1.0/users' }],
    ['a link without TLS', { kind: 'link', link: '{hostile-http}/v1.0/users' }],
    ['a redirect to another host', { kind: 'redirect' }],
    ['a redirect within the host', { kind: 'redirect', location: '{origin}/v1.0/users' }],
    ['a link to the page itself, again and again', { kind: 'self-link' }],
    ['a link back to the first page', { kind: 'first-page-link' }],
    ['both links', { kind: 'both-links' }],
    ['a link of 100 kB', { kind: 'long-link' }],
    ['a gzip that grows to 200 MB', { kind: 'gzip-bomb' }],
    ['JSON 5 million deep', { kind: 'deep-json' }],
  ])(
    '%s: exit 6, not complete, nothing sent elsewhere',
    { timeout: 60_000 },
    async (_name, fault) => {
      const { kind } = fault as { kind: string };
      const before = (await happened())[kind] ?? 0;
      await order('/faults', { ...fault, on: 'graph', path: 'skiptoken' });
      const { code, stderr } = await list('--page-size', '100');
      const after = (await happened())[kind] ?? 0;
      await order('/faults/clear');
      expect(after).toBeGreaterThan(before);
      expect({ code, stderr }).toEqual({
        code: 6,
        stderr: expect.not.stringMatching(/^complete:/mu),
      });
      expect(await look('/hostile')).toMatchObject({ connections: 0, requests: 0, credentials: 0 });
    },
  );

  it('faults A4 row 31: a redirect of the token endpoint is refused, and the secret goes nowhere else', async () => {
    await tenant.forget();
    await order('/faults', { kind: 'redirect', on: 'token', status: 307 });
    const { code } = await list();
    await order('/faults/clear');
    expect(code).toBe(6);
    const journal = await tenant.journal();
    expect(journal.filter((entry) => entry.class === 'token')).toHaveLength(1);
    expect(await look('/hostile')).toMatchObject({ connections: 0, requests: 0, credentials: 0 });
  });

  it('a last page that is not the last: complete by its links, and not reconciled', async () => {
    await order('/faults', { kind: 'dropped-link', on: 'graph', path: 'skiptoken', nth: 2 });
    const { stderr } = await list('--page-size', '100');
    await order('/faults/clear');
    expect(stderr).not.toMatch(/^complete: 1,500/mu);
    expect(stderr).toContain('300');
  });
});
