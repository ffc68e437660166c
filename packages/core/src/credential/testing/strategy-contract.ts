import { inspect } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { HttpRequest } from '../../ports.ts';
import { Secret } from '../../secret.ts';
import { createCredential } from '../create-credential.ts';
import { settingNames, type StrategyRegistry } from '../strategy.ts';
import { createFakePlatform, type FakePlatform, scopes } from './fake-platform.ts';
import { createTemporaryFolder, type TemporaryFolder } from './temporary-folder.ts';

/** What the contract needs to know about one strategy. */
export interface StrategyCase {
  /** As in a settings file: secrets as text. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly environment: Readonly<Record<string, string>>;
  /** Returns whether the token request authenticates in the strategy's way. */
  readonly authenticates: (request: HttpRequest | undefined) => boolean;
  /** Text that must not be printed. */
  readonly hidden: string;
  /** Requests that the strategy sends before its first token request. */
  readonly probes?: number;
}

/** The token requests, without probes. */
function tokenRequests({ requests }: FakePlatform): HttpRequest[] {
  return requests.filter(({ method, headers }) => method === 'POST' || 'metadata' in headers);
}

function openStrategy(kind: string, prepared: StrategyCase, registry: StrategyRegistry) {
  const strategy = registry[kind];
  if (strategy === undefined) throw new Error(`no strategy ${kind}`);
  const secrets = settingNames(strategy, 'isSecret');
  const settings = Object.fromEntries(
    Object.entries(prepared.settings).map(([key, value]) => [
      key,
      secrets.includes(key) ? new Secret(String(value)) : value,
    ]),
  );
  const platform = createFakePlatform({ environment: prepared.environment });
  const credential = createCredential({ kind, ...settings }, platform.context, registry);
  return {
    ...prepared,
    strategy,
    platform,
    credential,
    request: () => credential.requestToken({ scopes }),
    /** Queues responses to token requests. */
    respond: (...responses: Parameters<FakePlatform['next']>): void => {
      for (let probe = 0; probe < (prepared.probes ?? 0); probe += 1)
        platform.next({ status: 400 });
      platform.next(...responses);
    },
  };
}

type Open = () => ReturnType<typeof openStrategy>;

function describeDeclaration(kind: string, open: Open): void {
  it('is registered under its own kind, and describes itself and each setting', () => {
    const { strategy } = open();
    expect(strategy.kind).toBe(kind);
    expect(strategy.describe).toMatch(/^[A-Z].{20,}/u);
    for (const { describe: description } of Object.values(strategy.settings))
      expect(description).toMatch(/^[A-Z].{8,}[^.]$/u);
  });

  it('states correctly whether it can seal a shared token cache', async () => {
    const { strategy, credential } = open();
    const bytes = (await credential.sealingSecret?.())?.byteLength ?? 0;
    const expected = bytes > 0 ? ['always', 'unknown'] : ['never', 'unknown'];
    expect(expected).toContain(strategy.canSealTokens);
    expect(credential.sealingSecret === undefined).toBe(strategy.canSealTokens === 'never');
  });
}

function describeTokenRequests(kind: string, open: Open): void {
  it('sends nothing before a token is requested', () => {
    expect(open().platform.requests).toHaveLength(0);
  });

  it('authenticates and gets a token', async () => {
    const { platform, request, credential, respond, authenticates } = open();
    respond();
    expect((await request()).token.reveal()).toMatch(/^token-/u);
    expect(tokenRequests(platform)).toHaveLength(1);
    expect(authenticates(tokenRequests(platform)[0])).toBe(true);
    expect(credential.kind).toBe(kind);
  });

  it('sends a request for every token', async () => {
    const { platform, request, respond } = open();
    respond();
    await request();
    await request();
    expect(tokenRequests(platform)).toHaveLength(2);
  });

  it('retries after 503 and 429', async () => {
    const { platform, request, respond } = open();
    respond({ status: 503, body: '<html>' }, { status: 429, headers: { 'retry-after': '9' } });
    await request();
    expect(tokenRequests(platform)).toHaveLength(3);
    expect(platform.clock.sleeps[1]).toBeGreaterThanOrEqual(9000);
  });

  it('rejects a response without a token', async () => {
    const { request, respond } = open();
    respond({ body: { token_type: 'Bearer', expires_in: 3599 } });
    await expect(request()).rejects.toMatchObject({ code: 'E_TOKEN_BAD' });
  });

  it('does not retry an OAuth error', async () => {
    const { platform, request, respond } = open();
    respond({ status: 400, body: { error: 'invalid_request' } });
    await expect(request()).rejects.toMatchObject({
      code: 'E_TOKEN_REFUSED',
      error: 'invalid_request',
      hint: expect.stringMatching(/\w/u) as string,
    });
    expect(tokenRequests(platform)).toHaveLength(1);
  });

  it('stops when it is aborted', async () => {
    const { platform, credential } = open();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(credential.requestToken({ scopes, signal })).rejects.toThrow('enough');
    expect(tokenRequests(platform)).toHaveLength(0);
  });

  it('does not print its secret', async () => {
    const { platform, request, credential, hidden, respond } = open();
    respond({ status: 401, body: { error: 'invalid_client' } });
    const error: unknown = await request().catch((caught: unknown) => caught);
    const token = await request();
    const shown = [credential, error, token, platform.events]
      .map((each) => inspect(each, { depth: 10, showHidden: true }) + JSON.stringify(each))
      .join('\n');
    expect(shown).not.toContain(hidden);
    expect(shown).not.toContain(token.token.reveal());
  });
}

/** Defines the tests that every strategy must pass. */
export function describeStrategy(
  kind: string,
  prepare: (folder: TemporaryFolder) => Promise<StrategyCase>,
  registry: StrategyRegistry,
): void {
  describe(`strategy ${kind}`, () => {
    let folder: TemporaryFolder;
    let prepared: StrategyCase;
    beforeAll(async () => {
      folder = await createTemporaryFolder();
      prepared = await prepare(folder);
    });
    afterAll(() => folder[Symbol.asyncDispose]());

    const open = () => openStrategy(kind, prepared, registry);
    describeDeclaration(kind, open);
    describeTokenRequests(kind, open);
  });
}
