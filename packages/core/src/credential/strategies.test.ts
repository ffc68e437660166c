import { inspect } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { HttpRequest } from '../ports.ts';
import { Secret } from '../secret.ts';
import { createCredential } from './create-credential.ts';
import { strategies, type StrategyKind } from './strategies.ts';
import type { Strategy } from './strategy.ts';
import { makeCertifiedKey } from './testing/certified-key.ts';
import { createFakePlatform, formOf, scopes, type FakePlatform } from './testing/fake-platform.ts';
import { makeJwt } from './testing/federated-jwt.ts';
import { createTemporaryFolder, type TemporaryFolder } from './testing/temporary-folder.ts';

const canary = 'canary-7f3b-s3cret';

interface Case {
  readonly kind: StrategyKind;
  /** Raw, as a settings file has them. */
  readonly settings: Record<string, unknown>;
  readonly environment: Record<string, string>;
  /** Whether the request shows that it proves itself in this way. */
  readonly proves: (request: HttpRequest | undefined) => boolean;
  /** What must appear nowhere. */
  readonly hidden: string;
}

/** One line a strategy: a new one in the registry does not compile before it is here. */
const cases: Record<StrategyKind, (folder: TemporaryFolder) => Promise<Omit<Case, 'kind'>>> = {
  'client-secret': async () => ({
    settings: { secret: canary },
    environment: {},
    proves: (request) => formOf(request)['client_secret'] === canary,
    hidden: canary,
  }),
  'client-certificate': async (folder) => {
    const { keyPem, certificatePem } = await makeCertifiedKey();
    return {
      settings: { file: await folder.write('both.pem', keyPem + certificatePem) },
      environment: {},
      proves: (request) => formOf(request)['client_assertion'] !== undefined,
      hidden: keyPem.slice(100, 140),
    };
  },
  federated: async (folder) => {
    const jwt = makeJwt({ sub: canary });
    return {
      settings: { file: await folder.write('assertion', `${jwt}\n`, 0o644) },
      environment: {},
      proves: (request) => formOf(request)['client_assertion'] === jwt,
      hidden: jwt,
    };
  },
  'managed-identity': async () => ({
    settings: {},
    environment: {},
    proves: (request) => request?.headers['metadata'] === 'true' && request.direct === true,
    hidden: canary,
  }),
  auto: async () => ({
    settings: {},
    environment: { AZURE_CLIENT_SECRET: canary },
    proves: (request) => formOf(request)['client_secret'] === canary,
    hidden: canary,
  }),
};

let folder: TemporaryFolder;
const prepared = new Map<StrategyKind, Omit<Case, 'kind'>>();

beforeAll(async () => {
  folder = await createTemporaryFolder();
  for (const kind of Object.keys(cases) as StrategyKind[])
    prepared.set(kind, await cases[kind](folder));
});
afterAll(() => folder[Symbol.asyncDispose]());

function open(kind: StrategyKind) {
  const ready = prepared.get(kind);
  if (ready === undefined) throw new Error(`no case for ${kind}`);
  const strategy: Strategy = strategies[kind];
  const parsed = Object.entries(strategy.settings.parse(ready.settings)).map(([key, value]) => [
    key,
    strategy.secretKeys.includes(key) ? new Secret(String(value)) : value,
  ]);
  const platform = createFakePlatform({ environment: ready.environment });
  const settings = { kind, ...(Object.fromEntries(parsed) as Record<string, unknown>) };
  const credential = createCredential(settings, platform.context);
  return {
    ...ready,
    strategy,
    platform,
    credential,
    request: () => credential.requestToken({ scopes }),
  };
}

/** Requests for a token; a managed identity is looked for first. */
function posts({ requests }: FakePlatform): HttpRequest[] {
  return requests.filter(({ method, headers }) => method === 'POST' || 'metadata' in headers);
}

/** Lets the look for a managed identity pass before the answers that are meant for token requests. */
function answer(
  kind: StrategyKind,
  platform: FakePlatform,
  ...answers: Parameters<FakePlatform['next']>
) {
  if (kind === 'managed-identity') platform.next({ status: 400 });
  platform.next(...answers);
}

describe.each(Object.keys(strategies) as StrategyKind[])('strategy %s', (kind) => {
  it('is registered under its own name and describes itself and its settings', () => {
    const { strategy } = open(kind);
    expect(strategy.kind).toBe(kind);
    expect(strategy.describe).toMatch(/^[A-Z].{20,}/u);
    for (const field of Object.values(strategy.settings.shape))
      expect((field as { description?: string }).description).toMatch(/\w/u);
    const names = Object.keys(strategy.settings.shape);
    expect(names).toEqual(expect.arrayContaining([...strategy.pathKeys, ...strategy.secretKeys]));
  });

  it('refuses settings that it does not know', () => {
    const { strategy, settings } = open(kind);
    expect(strategy.settings.safeParse({ ...settings, tenentId: 'x' }).success).toBe(false);
  });

  it('does nothing before a token is asked for', () => {
    expect(open(kind).platform.requests).toHaveLength(0);
  });

  it('proves the application and gets a token', async () => {
    const { platform, proves, request, credential } = open(kind);
    answer(kind, platform);
    expect((await request()).token.reveal()).toMatch(/^token-/u);
    expect(posts(platform)).toHaveLength(1);
    expect(proves(posts(platform)[0])).toBe(true);
    expect(credential.kind).toBe(kind);
  });

  it('asks the service every time', async () => {
    const { platform, request } = open(kind);
    answer(kind, platform);
    await request();
    await request();
    expect(posts(platform)).toHaveLength(2);
  });

  it('faults A5 row 49: waits out a bad day', async () => {
    const { platform, request } = open(kind);
    answer(
      kind,
      platform,
      { status: 503, body: '<html>' },
      { status: 429, headers: { 'retry-after': '9' } },
    );
    await request();
    expect(posts(platform)).toHaveLength(3);
    expect(platform.clock.sleeps[1]).toBeGreaterThanOrEqual(9000);
  });

  it('faults A5 row 50: refuses a reply without a token', async () => {
    const { platform, request } = open(kind);
    answer(kind, platform, { body: { token_type: 'Bearer', expires_in: 3599 } });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_BAD' });
  });

  it('faults A5 row 51: takes a refusal for an answer', async () => {
    const { platform, request } = open(kind);
    answer(kind, platform, { status: 400, body: { error: 'invalid_request' } });
    await expect(request()).rejects.toMatchObject({
      code: 'E_TOKEN_REFUSED',
      error: 'invalid_request',
      hint: expect.stringMatching(/\w/u) as string,
    });
    expect(posts(platform)).toHaveLength(1);
  });

  it('stops when asked to', async () => {
    const { platform, credential } = open(kind);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(credential.requestToken({ scopes, signal })).rejects.toThrow('enough');
    expect(posts(platform)).toHaveLength(0);
  });

  it('says truly whether a shared cache can be sealed by it', async () => {
    const { strategy, credential } = open(kind);
    const bytes = (await credential.sealingProof?.())?.byteLength ?? 0;
    const found = bytes > 0 ? ['always', 'unknown'] : ['never', 'unknown'];
    expect(found).toContain(strategy.canSealTokens);
    expect(credential.sealingProof === undefined).toBe(strategy.canSealTokens === 'never');
  });

  it('shows its proof to nobody', async () => {
    const { platform, request, credential, hidden } = open(kind);
    answer(kind, platform, { status: 401, body: { error: 'invalid_client' } });
    const error: unknown = await request().catch((caught: unknown) => caught);
    const token = await request();
    const shown = [credential, error, token, platform.events]
      .map((each) => inspect(each, { depth: 10, showHidden: true }) + JSON.stringify(each))
      .join('\n');
    expect(shown).not.toContain(hidden);
    expect(shown).not.toContain(token.token.reveal());
  });
});
