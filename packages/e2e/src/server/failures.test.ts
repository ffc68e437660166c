import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { startRelay } from '../relay.ts';
import { startServing } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 20_000 });
});
afterAll(async () => tenant[Symbol.asyncDispose]());

describe('a credential that does not do', () => {
  it('is not ready with a wrong secret, and says why in the log only', async () => {
    const wrong = 'canary~wrong-secret-0123456789';
    const config = await tenant.variation('wrong.json', { secret: wrong });
    await using serving = await startServing(stage, ['--config', config, '--ca', tenant.ca]);
    const ready = await serving.get('/readyz');
    expect([ready.status, JSON.parse(ready.text)]).toEqual([
      503,
      expect.objectContaining({ code: 'not_ready' }),
    ]);
    expect((await serving.get('/livez')).status).toBe(200);
    const users = await serving.get('/v1.0/users');
    expect([users.status, JSON.parse(users.text)]).toEqual([
      502,
      { error: expect.objectContaining({ code: 'upstream_authentication' }) as unknown },
    ]);
    const { stdout, stderr } = await serving.stop();
    expect(stderr).toContain('E_TOKEN_REFUSED');
    expect(leaks([{ args: [], stdout, stderr }, ...serving.sent], { wrong })).toEqual([]);
    expect(JSON.stringify(serving.sent)).not.toMatch(/AADSTS|127\.0\.0\.1:|contoso/u);
  });

  it('answers 502 without the consent, and asks Graph once', async () => {
    await using serving = await startServing(stage, [
      '--config',
      tenant.noConsentParameters,
      '--ca',
      tenant.ca,
    ]);
    await tenant.forget();
    const users = await serving.get('/v1.0/users');
    expect([users.status, JSON.parse(users.text)]).toEqual([
      502,
      { error: expect.objectContaining({ code: 'upstream_permission' }) as unknown },
    ]);
    const stream = await serving.get('/users.ndjson');
    expect([stream.status, JSON.parse(stream.text)]).toEqual([
      502,
      expect.objectContaining({ code: 'upstream_permission' }),
    ]);
    expect(stream.text).not.toContain('@complete');
  });
});

describe('an identity platform that throttles', () => {
  it('faults A1 row 6: a wait beyond the limits of a request is 503 with Retry-After, at once', async () => {
    await using own = await startTenant(stage, { users: 10 });
    const fault = { kind: 'throttled', on: 'token', retryAfter: '40', times: 1 };
    const ordered = await fetch(`${own.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    expect(ordered.ok).toBe(true);
    // The server requests its first token when it starts.
    await using serving = await startServing(stage, own.flags);
    const start = performance.now();
    for (const path of ['/v1.0/users', '/v1.0/users/$count', '/users.ndjson']) {
      const { status, headers } = await serving.get(path);
      expect([path, status]).toEqual([path, 503]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(30);
    }
    expect((await serving.get('/readyz')).status).toBe(503);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('a caller who leaves', () => {
  it('faults A9 row 99: closes the connection to Graph within 100 ms', async () => {
    await using relay = await startRelay(tenant.url);
    const parameters = JSON.parse(await readFile(tenant.parameters, 'utf8')) as object;
    const config = join(tenant.folder, 'relay.json');
    const endpoint = `https://127.0.0.1:${relay.port}/v1.0/users`;
    await writeFile(config, JSON.stringify({ ...parameters, endpoint }), { mode: 0o600 });
    await using serving = await startServing(stage, ['--config', config, '--ca', tenant.ca]);
    // A question without a next link: those lead to the sandbox itself, which is foreign seen from the relay.
    expect((await serving.get('/v1.0/users/$count')).status).toBe(200);
    const held = relay.hold();
    const controller = new AbortController();
    const answer = serving.get('/v1.0/users', { signal: controller.signal });
    await held;
    const left = performance.now();
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
    expect((await relay.closed) - left).toBeLessThan(100);
    expect((await serving.get('/livez')).status).toBe(200);
  });

  it('faults A9 row 99: stops a listing, and Graph is asked for no more pages', async () => {
    await using serving = await startServing(stage, tenant.flags);
    await serving.get('/readyz');
    await tenant.forget();
    const controller = new AbortController();
    const stream = await fetch(`${serving.url}/users.ndjson`, { signal: controller.signal });
    await stream.body?.getReader().read();
    controller.abort();
    await expect.poll(() => serving.running.stderr()).toContain('"failure":"CallerGone"');
    // The requests that were under way have arrived before a later request is answered; no page may follow them.
    await serving.get('/v1.0/users/$count');
    const graphRequests = async () =>
      (await tenant.journal()).filter((entry) => entry.class === 'graph').length;
    const settled = await graphRequests();
    expect(settled).toBeLessThan(20);
    // Not the same request, whose response is shared for two seconds.
    await serving.get('/v1.0/users?$top=1');
    expect(await graphRequests()).toBe(settled + 1);
    const { code, stderr } = await serving.stop();
    expect(code).toBe(0);
    expect(stderr).not.toContain('broken');
  });
});

describe('a directory that goes away', () => {
  it('faults A9 row 102: a listing half sent is cut, without its end record', async () => {
    const own = await startTenant(stage, { users: 200_000 });
    await using serving = await startServing(stage, [...own.flags, '--deadline', '5s']);
    const stream = await fetch(`${serving.url}/users.ndjson`);
    expect(stream.status).toBe(200);
    const decoder = new TextDecoder();
    let text = '';
    const reading = (async () => {
      for await (const bytes of stream.body ?? []) {
        if (text === '') await own.running.stop();
        text += decoder.decode(bytes as Uint8Array, { stream: true });
      }
    })();
    await expect(reading).rejects.toThrow('terminated');
    expect(text.length).toBeGreaterThan(0);
    expect(text).not.toContain('@complete');
    expect((await serving.get('/livez')).status).toBe(200);
    await own[Symbol.asyncDispose]();
  });

  it('faults A9 row 101: is not ready, and lives', async () => {
    const own = await startTenant(stage, { users: 10 });
    await using serving = await startServing(stage, own.flags);
    await own[Symbol.asyncDispose]();
    expect((await serving.get('/readyz')).status).toBe(503);
    expect((await serving.get('/livez')).status).toBe(200);
  });
});
