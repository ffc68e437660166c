import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { Agent, request } from 'undici';
import { afterAll, afterEach, beforeAll, describe, expect, it, type ExpectStatic } from 'vitest';

import type { Sandbox } from '../sandbox.ts';
import { startSandbox } from '../start-sandbox.ts';
import type { Fault, FaultKindName } from './kinds.ts';

interface Outcome {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
  /** What undici said when there was no whole answer. */
  readonly failure?: string;
}

let sandbox: Sandbox;
let bearer = '';
let dispatcher: Agent;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 12 });
  dispatcher = new Agent({ allowH2: false, connections: 1, connect: { ca: sandbox.ca } });
  const reply = await token();
  const { access_token } = JSON.parse(String(reply.body)) as { access_token: string };
  bearer = `Bearer ${access_token}`;
});
afterAll(async () => {
  await dispatcher.destroy();
  await sandbox.stop();
});
afterEach(() => sandbox.faults.clear());

async function exchange(...args: Parameters<typeof request>): Promise<Outcome> {
  try {
    const {
      statusCode: status,
      headers,
      body,
    } = await request(args[0], {
      dispatcher,
      ...args[1],
    });
    try {
      return { status, headers, body: Buffer.from(await body.arrayBuffer()) };
    } catch (error) {
      return { status, headers, body: Buffer.alloc(0), failure: String(error) };
    }
  } catch (error) {
    return { status: 0, headers: {}, body: Buffer.alloc(0), failure: String(error) };
  }
}

function token(): Promise<Outcome> {
  const { clientId, secret } = sandbox.secretClient;
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
  };
  return exchange(`${sandbox.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(form)),
  });
}

const users = (query = '?$select=id&$top=5'): Promise<Outcome> =>
  exchange(`${sandbox.url}/v1.0/users${query}`, { headers: { authorization: bearer } });

const json = ({ body }: Outcome): Record<string, unknown> =>
  JSON.parse(String(body)) as Record<string, unknown>;

interface Page {
  readonly value: unknown[];
  readonly next?: string;
}

function page(outcome: Outcome): Page {
  const { value, '@odata.nextLink': next } = json(outcome);
  return { value: value as unknown[], next: next as string };
}

const message = (outcome: Outcome): string => (json(outcome)['error'] as { code: string }).code;

interface Case {
  readonly set?: Omit<Fault, 'kind'>;
  readonly ask?: () => Promise<Outcome>;
  /** `must` is vitest's `expect`. */
  readonly see: (outcome: Outcome, must: ExpectStatic) => void;
}

/** One row for each kind: a kind without a row does not compile. */
const cases = {
  throttled: {
    see: (seen, must) => {
      must(seen.status).toBe(429);
      must(seen.headers['retry-after']).toBe('3');
      must(message(seen)).toBe('TooManyRequests');
    },
  },
  status: {
    set: { status: 502, body: 'html' },
    see: (seen, must) => {
      must(seen.status).toBe(502);
      must(String(seen.body)).toContain('<script>');
    },
  },
  'error-in-200': {
    see: (seen, must) => {
      must(seen.status).toBe(200);
      must(message(seen)).toBe('serviceNotAvailable');
    },
  },
  redirect: {
    see: (seen, must) => {
      must(seen.status).toBe(302);
      must(seen.headers['location']).toMatch(`${sandbox.hostile.https}/v1.0/users?`);
    },
  },
  'reset-before-headers': {
    see: (seen, must) => must(seen.failure).toMatch(/ECONNRESET|other side closed/u),
  },
  'reset-in-body': {
    see: (seen, must) => {
      must(seen.status).toBe(200);
      must(seen.failure).toMatch(/ECONNRESET|aborted|terminated|closed/u);
    },
  },
  'closed-in-body': {
    set: { form: 'chunked' },
    see: (seen, must) => {
      must(seen.status).toBe(200);
      must(seen.headers['content-length']).toBeUndefined();
      must(seen.failure).toBeDefined();
    },
  },
  'stale-connection': {
    ask: async () => {
      sandbox.faults.clear();
      await users();
      sandbox.faults.add({ kind: 'stale-connection', times: 1 });
      return users();
    },
    see: (seen, must) => must(seen.failure).toMatch(/closed|ECONNRESET/u),
  },
  'slow-headers': {
    set: { seconds: 0.02 },
    see: (seen, must) => must(page(seen).value).toHaveLength(5),
  },
  stall: {
    set: { seconds: 0.02 },
    see: (seen, must) => must(page(seen).value).toHaveLength(5),
  },
  drip: {
    set: { seconds: 0, bytes: 50 },
    see: (seen, must) => must(page(seen).value).toHaveLength(5),
  },
  'content-length-short': {
    see: (seen, must) => must(seen.failure ?? String(seen.body)).not.toMatch(/\]\}$/u),
  },
  'content-length-long': {
    see: (seen, must) => must(seen.failure).toBeDefined(),
  },
  'truncated-json': { see: (seen, must) => must(() => json(seen)).toThrow(SyntaxError) },
  'empty-body': {
    see: (seen, must) => {
      must(seen.status).toBe(200);
      must(seen.body).toHaveLength(0);
    },
  },
  'not-json': { see: (seen, must) => must(String(seen.body)).toContain('Wi-Fi') },
  'wrong-content-type': {
    set: { contentType: 'none' },
    see: (seen, must) => {
      must(seen.headers['content-type']).toBeUndefined();
      must(page(seen).value).toHaveLength(5);
    },
  },
  bom: { see: (seen, must) => must([...seen.body.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]) },
  'invalid-utf8': {
    see: (seen, must) =>
      must(() => new TextDecoder('utf-8', { fatal: true }).decode(seen.body)).toThrow(TypeError),
  },
  'huge-body': {
    set: { megabytes: 1 },
    see: (seen, must) => {
      must(seen.body.length).toBeGreaterThan(1024 * 1024);
      must(page(seen).value).toHaveLength(5);
    },
  },
  'deep-json': {
    set: { count: 1_000 },
    see: (seen, must) => must(String(seen.body)).toContain('['.repeat(1_000)),
  },
  'many-items': {
    set: { count: 1_000 },
    see: (seen, must) => must(page(seen).value).toHaveLength(1_000),
  },
  'duplicate-keys': {
    see: (seen, must) => must(String(seen.body).match(/"value":/gu)).toHaveLength(2),
  },
  'gzip-truncated': {
    see: (seen, must) => must(() => gunzipSync(seen.body)).toThrow(/end of file/u),
  },
  'gzip-without-trailer': {
    see: (seen, must) => must(() => gunzipSync(seen.body)).toThrow(/end of file/u),
  },
  'gzip-bad-checksum': {
    see: (seen, must) => must(() => gunzipSync(seen.body)).toThrow(/incorrect data check/u),
  },
  'gzip-label-on-plain': {
    see: (seen, must) => {
      must(seen.headers['content-encoding']).toBe('gzip');
      must(page(seen).value).toHaveLength(5);
    },
  },
  'gzip-bomb': {
    set: { megabytes: 20 },
    see: (seen, must) => {
      must(seen.body.length).toBeLessThan(100_000);
      must(gunzipSync(seen.body).length).toBeGreaterThan(20 * 1024 * 1024);
    },
  },
  'br-bomb': {
    set: { megabytes: 20 },
    see: (seen, must) => {
      must(seen.body.length).toBeLessThan(100_000);
      must(brotliDecompressSync(seen.body).length).toBeGreaterThan(20 * 1024 * 1024);
    },
  },
  'page-value': {
    set: { value: 'nulls' },
    see: (seen, must) => must(page(seen).value).toEqual([null, null, null, null, null]),
  },
  'page-size-refused': {
    set: { count: 4 },
    see: (seen, must) => {
      must(seen.status).toBe(400);
      must(String(seen.body)).toContain("Invalid page size specified: '5'.");
    },
  },
  'empty-page': {
    see: (seen, must) => {
      must(page(seen).value).toEqual([]);
      must(page(seen).next).toMatch(`${sandbox.url}/v1.0/users?`);
    },
  },
  'duplicate-user': {
    see: (seen, must) => {
      must(page(seen).value).toHaveLength(6);
      must(page(seen).value[5]).toEqual(page(seen).value[0]);
    },
  },
  'dropped-user': { see: (seen, must) => must(page(seen).value).toHaveLength(4) },
  'big-integer': { see: (seen, must) => must(String(seen.body)).toContain(':9007199254740993') },
  link: {
    see: (seen, must) =>
      must(page(seen).next).toMatch(new RegExp(`^${sandbox.hostile.https}/v1.0/users\\?`, 'u')),
  },
  'self-link': {
    see: (seen, must) => must(page(seen).next).toBe(`${sandbox.url}/v1.0/users?$select=id&$top=5`),
  },
  'first-page-link': {
    ask: async () => {
      sandbox.faults.clear();
      const { next = '' } = page(await users());
      sandbox.faults.add({ kind: 'first-page-link' });
      return exchange(next, { headers: { authorization: bearer } });
    },
    see: (seen, must) => must(page(seen).next).not.toMatch(/skiptoken/u),
  },
  'endless-links': {
    see: (seen, must) => must(page(seen).next).toMatch(/sandbox-again=1$/u),
  },
  'long-link': { see: (seen, must) => must(page(seen).next?.length).toBeGreaterThan(100_000) },
  'both-links': {
    see: (seen, must) =>
      must(Object.keys(json(seen))).toEqual(
        must.arrayContaining(['@odata.nextLink', '@odata.deltaLink']),
      ),
  },
  'dropped-link': {
    see: (seen, must) => {
      must(page(seen).value).toHaveLength(5);
      must(page(seen).next).toBeUndefined();
    },
  },
  unauthorized: { see: (seen, must) => must(message(seen)).toBe('InvalidAuthenticationToken') },
  'some-tokens-rejected': {
    set: { share: 1 },
    see: (seen, must) =>
      must([seen.status, message(seen)]).toEqual([401, 'InvalidAuthenticationToken']),
  },
  'claims-challenge': {
    see: (seen, must) => {
      must(seen.status).toBe(401);
      const claims = /insufficient_claims", claims="([^"]+)"/u.exec(
        String(seen.headers['www-authenticate']),
      )?.[1];
      must(JSON.parse(Buffer.from(claims ?? '', 'base64').toString())).toEqual({
        access_token: { nbf: { essential: true, value: must.stringMatching(/^\d+$/u) } },
      });
    },
  },
  'token-fields': {
    set: { fields: { access_token: null, expires_in: -5 } },
    ask: () => token(),
    see: (seen, must) => {
      must(json(seen)).not.toHaveProperty('access_token');
      must(json(seen)).toMatchObject({ token_type: 'Bearer', expires_in: -5 });
    },
  },
  'token-refused': {
    ask: () => token(),
    see: (seen, must) => {
      must(seen.status).toBe(401);
      must(json(seen)).toMatchObject({ error: 'invalid_client', error_codes: [7000222] });
    },
  },
  'expired-page-token': {
    ask: () => users('?$skiptoken=abc'),
    see: (seen, must) => {
      must(seen.status).toBe(400);
      must(message(seen)).toBe('Directory_ExpiredPageToken');
    },
  },
  'page-token-not-found': {
    ask: () => users('?$skiptoken=abc'),
    see: (seen, must) => {
      must(message(seen)).toBe('DirectoryPageTokenNotFoundException');
    },
  },
  'sparse-page': {
    ask: async () => {
      const { '@odata.nextLink': next } = JSON.parse(String((await users('?$top=5')).body)) as {
        '@odata.nextLink': string;
      };
      return users(new URL(next).search);
    },
    see: (seen, must) => {
      const { value } = JSON.parse(String(seen.body)) as { value: readonly object[] };
      must(value.every((user) => Object.keys(user).join() === 'id')).toBe(true);
    },
  },
  'clock-skew': {
    see: (seen, must) => {
      const ahead = Date.parse(String(seen.headers['date'])) - Date.now();
      must(Math.abs(ahead - 600_000)).toBeLessThan(60_000);
    },
  },
} satisfies Record<FaultKindName, Case>;

describe('each kind', () => {
  it.each(Object.entries(cases) as [FaultKindName, Case][])(
    'the fault %s is seen by the client and counted once',
    async (kind, { set, ask, see }) => {
      const before = sandbox.faults.counts()[kind] ?? 0;
      sandbox.faults.add({ kind, times: 1, ...set });
      see(await (ask === undefined ? users() : ask()), expect);
      expect(sandbox.faults.counts()[kind]).toBe(before + 1);
      expect(sandbox.journal.entries().flatMap((entry) => entry.faults ?? [])).toContain(kind);
      sandbox.faults.clear();
      expect(page(await users()).value).toHaveLength(5);
    },
  );
});

it('some-tokens-rejected rejects the same tokens at every request, and no other', async () => {
  const outcomes = new Set<string>();
  sandbox.faults.add({ kind: 'some-tokens-rejected', share: 0.5 });
  for (let count = 0; count < 24; count += 1) {
    const { access_token } = json(await token()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    const ask = () => exchange(`${sandbox.url}/v1.0/users?$top=1`, { headers });
    const statuses = [await ask(), await ask(), await ask()].map(({ status }) => status);
    expect(new Set(statuses).size).toBe(1);
    outcomes.add(String(statuses[0]));
  }
  expect([...outcomes].toSorted()).toEqual(['200', '401']);
});

it('a request before the end of the Retry-After of a fault is recorded', async () => {
  sandbox.waits.clear();
  sandbox.faults.add({ kind: 'throttled', times: 1, retryAfter: '100' });
  await users();
  expect(sandbox.waits.waits()).toEqual({ asked: 1, early: 0, recent: [] });
  await users();
  const { early, recent } = sandbox.waits.waits();
  expect(early).toBe(1);
  expect(recent).toEqual([
    expect.objectContaining({
      class: 'graph',
      requestId: sandbox.journal.entries().at(-1)?.requestId,
    }),
  ]);
  expect(recent[0]?.early).toBeGreaterThan(90_000);
  sandbox.waits.clear();
});
