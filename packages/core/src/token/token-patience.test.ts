import { beforeAll, describe, expect, it } from 'vitest';

import { createCredential } from '../credential/create-credential.ts';
import { createFakePlatform, type Answer } from '../credential/testing/fake-platform.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { createDeadline } from '../retry/deadline.ts';
import { Secret } from '../secret.ts';
import { createTokenSource } from './token-source.ts';

const scopes = ['https://graph.microsoft.com/.default'];
const wait = { headers: { 'retry-after': '40' } };
const date = 'Sun, 22 Nov 2026 12:00:00 GMT';

interface Endpoint {
  readonly settings: { readonly kind: string; readonly [setting: string]: unknown };
  readonly environment?: Record<string, string>;
  readonly tenant?: string;
  /** Responses before the one that asks to wait, and that one. */
  readonly answers: readonly Answer[];
  readonly code: string;
}

const secret = { kind: 'client-secret', secret: new Secret('s') };
const github = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://pipelines.example/token',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
};
const devops = {
  SYSTEM_OIDCREQUESTURI: 'https://dev.azure.example/token',
  SYSTEM_ACCESSTOKEN: 't',
};

/** Every endpoint that a token request can meet, asking for 40 seconds. */
const endpoints: Record<string, Endpoint> = {
  'token endpoint, 429': {
    settings: secret,
    answers: [{ status: 429, ...wait }],
    code: 'E_THROTTLED',
  },
  'token endpoint, 503': {
    settings: secret,
    answers: [{ status: 503, body: '<html>', ...wait }],
    code: 'E_UNAVAILABLE',
  },
  'token endpoint, a date': {
    settings: secret,
    answers: [
      { status: 429, headers: { date, 'retry-after': date.replace('12:00:00', '12:00:40') } },
    ],
    code: 'E_THROTTLED',
  },
  'discovery of the tenant of a domain, 429': {
    settings: secret,
    tenant: 'contoso.example',
    answers: [{ status: 429, ...wait }],
    code: 'E_THROTTLED',
  },
  'GitHub, 429': {
    settings: { kind: 'federated', github: true },
    environment: github,
    answers: [{ status: 429, ...wait }],
    code: 'E_THROTTLED',
  },
  'Azure DevOps, 503': {
    settings: { kind: 'federated', azureDevops: 'c' },
    environment: devops,
    answers: [{ status: 503, ...wait }],
    code: 'E_UNAVAILABLE',
  },
  'managed identity endpoint, 429': {
    settings: { kind: 'managed-identity' },
    answers: [{ status: 400 }, { status: 429, ...wait }],
    code: 'E_THROTTLED',
  },
  'managed identity endpoint, 410': {
    settings: { kind: 'managed-identity' },
    answers: [{ status: 400 }, { status: 410, ...wait }],
    code: 'E_UNAVAILABLE',
  },
};

function setUp({ settings, environment, tenant, answers }: Endpoint) {
  const platform = createFakePlatform({
    ...(environment === undefined ? {} : { environment }),
    ...(tenant === undefined ? {} : { tenant }),
  });
  platform.next(...answers);
  const credential = createCredential(settings, platform.context);
  const { clock, ports, requests } = platform;
  const source = createTokenSource(credential, ports);
  return {
    clock,
    requests,
    source,
    get: (limits: { readonly deadline?: number; readonly maxRetryAfter?: number } = {}) =>
      source
        .getToken({
          scopes,
          deadline: createDeadline(clock, limits.deadline),
          maxRetryAfter: limits.maxRetryAfter,
        })
        .then(
          ({ token }) => token.reveal(),
          (error: unknown) => error,
        ),
  };
}

describe('faults A1 row 6: a caller waits for a token no longer than it said', () => {
  // The fake clock runs to the next deadline while a module is loaded.
  beforeAll(async () => {
    await import('../credential/msal/request-token.ts');
    await import('../credential/msal/request-managed-token.ts');
  });

  for (const [name, endpoint] of Object.entries(endpoints)) {
    it(`${name}: fails at once when the wait is beyond its deadline, with the time to wait`, async () => {
      const { clock, requests, get } = setUp(endpoint);
      const error = await get({ deadline: 30_000 });
      expect(error).toMatchObject({ code: 'E_DEADLINE', waitedFor: 'pause' });
      expect((error as DirectoryError).cause).toMatchObject({ code: endpoint.code });
      const { retryAfter } = error as { readonly retryAfter: number };
      expect(retryAfter).toBeGreaterThanOrEqual(40_000);
      expect(retryAfter).toBeLessThanOrEqual(44_000);
      expect([clock.monotonic(), requests.length]).toEqual([0, endpoint.answers.length]);
    });

    it(`${name}: fails at once when the wait is beyond its longest wait`, async () => {
      const { clock, get } = setUp(endpoint);
      const error = await get({ maxRetryAfter: 10_000 });
      expect(error).toMatchObject({ code: endpoint.code });
      expect((error as { readonly retryAfter: number }).retryAfter).toBeGreaterThanOrEqual(40_000);
      expect(clock.monotonic()).toBe(0);
    });
  }

  it('callers of one request have each their own limits, and nothing is sent before the time', async () => {
    const { clock, requests, get } = setUp({
      settings: secret,
      answers: [{ status: 429, ...wait }],
      code: '',
    });
    const patient = get({ deadline: 90_000 });
    expect(await get({ deadline: 30_000 })).toMatchObject({ code: 'E_DEADLINE' });
    expect(await get({ maxRetryAfter: 5_000 })).toMatchObject({ code: 'E_THROTTLED' });
    expect([clock.monotonic(), requests.length]).toEqual([0, 1]);
    clock.advance(15_000);
    const late = await get({ deadline: 20_000 });
    expect((late as { readonly retryAfter: number }).retryAfter).toBeLessThanOrEqual(29_000);
    expect(await patient).toBe('token-1');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(40_000);
    expect(requests).toHaveLength(2);
  });

  it('a wait within the limits of the caller is waited for', async () => {
    const { clock, get } = setUp({
      settings: secret,
      answers: [{ status: 429, headers: { 'retry-after': '9' } }],
      code: '',
    });
    expect(await get({ deadline: 30_000, maxRetryAfter: 20_000 })).toBe('token-1');
    expect(clock.monotonic()).toBeGreaterThanOrEqual(9_000);
  });

  it('a caller whose deadline passes during a backoff learns of the failure', async () => {
    const { clock, get } = setUp({
      settings: secret,
      answers: Array.from({ length: 8 }, () => ({ status: 500, body: '<html>' })),
      code: '',
    });
    expect(await get({ deadline: 300 })).toMatchObject({
      code: 'E_DEADLINE',
      waitedFor: 'token',
      retryAfter: undefined,
      cause: { code: 'E_UNAVAILABLE' },
    });
    expect(clock.monotonic()).toBe(300);
  });
});
