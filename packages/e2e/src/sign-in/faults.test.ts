import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

async function control(path: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${tenant.control}${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
}

async function happened(kind: string): Promise<number> {
  const response = await fetch(`${tenant.control}/faults`);
  const faults = (await response.json()) as { happened: Record<string, number> };
  return faults.happened[kind] ?? 0;
}

beforeEach(async () => {
  await control('/faults/clear', {});
  await tenant.forget();
});

const count = () => stage.run('rollcall', ['users', 'count', ...tenant.flags]);
const posts = async () =>
  (await tenant.journal()).filter((entry) => entry.class === 'token' && entry.method === 'POST')
    .length;

describe('a token endpoint with faults', () => {
  it.each([
    ['throttles', { kind: 'throttled', on: 'token', times: 1, retryAfter: '1' }],
    ['is unavailable', { kind: 'status', on: 'token', times: 1, status: 503, body: 'html' }],
    ['resets the connection', { kind: 'reset-before-headers', on: 'token', times: 1 }],
    ['breaks off', { kind: 'reset-in-body', on: 'token', times: 1 }],
    ['answers with a page', { kind: 'not-json', on: 'token', times: 1 }],
    ['answers with nothing', { kind: 'empty-body', on: 'token', times: 1 }],
  ])('faults A5 row 49: %s, and the request is retried', async (_, fault) => {
    const before = await happened(fault.kind);
    await control('/faults', fault);
    expect(await count()).toMatchObject({ code: 0, stdout: '3\n' });
    expect(await happened(fault.kind)).toBe(before + 1);
  });

  it.each(['users list', 'users count', 'users get ada@contoso.com', 'token'])(
    'hangs, and --deadline ends the wait of %s with exit 5',
    async (line) => {
      const before = await happened('slow-headers');
      await control('/faults', { kind: 'slow-headers', on: 'token' });
      const start = performance.now();
      const { code, stdout, stderr } = await stage.run('rollcall', [
        ...line.split(' '),
        '--deadline',
        '2s',
        ...tenant.flags,
      ]);
      expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
      expect(stderr).toContain('Timed out while requesting a token.');
      expect(await happened('slow-headers')).toBe(before + 1);
      expect(performance.now() - start).toBeGreaterThan(2000);
      expect(performance.now() - start).toBeLessThan(6000);
    },
  );

  it.each([
    ['no token', { access_token: null }],
    ['an empty token', { access_token: '' }],
    ['no lifetime', { expires_in: 0 }],
    ['a negative one', { expires_in: -5 }],
    ['another type', { token_type: 'pop' }],
  ])('faults A5 row 50: gives %s, and is not believed', async (_, fields) => {
    await control('/faults', { kind: 'token-fields', fields });
    const { code, stdout, stderr } = await count();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('returned an invalid token response');
    expect(await posts()).toBe(1);
  });

  it('faults A5 row 50: gives a lifetime as text, which is fine', async () => {
    await control('/faults', { kind: 'token-fields', fields: { expires_in: '3599' } });
    expect(await count()).toMatchObject({ code: 0, stdout: '3\n' });
  });

  it('faults A5 row 51: refuses, and the request is not retried', async () => {
    await control('/faults', { kind: 'token-refused', reason: 'expiredSecret' });
    const start = performance.now();
    const { code, stderr } = await count();
    expect(code).toBe(3);
    expect(stderr).toContain('Certificates & secrets');
    expect(await posts()).toBe(1);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('faults A4 row 31: redirects, and the secret stays here', async () => {
    await control('/hostile/clear', {});
    await control('/faults', { kind: 'redirect', on: 'token', status: 307 });
    const { code, stdout } = await count();
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(await posts()).toBe(1);
    const hostile = (await (await fetch(`${tenant.control}/hostile`)).json()) as Record<
      string,
      unknown
    >;
    expect(JSON.stringify(hostile)).not.toContain(tenant.secrets['the client secret']);
    expect(JSON.stringify(hostile)).not.toContain('client_credentials');
  });

  it('faults A5 row 53: has another idea of the time, and we say so', async () => {
    await control('/faults', { kind: 'clock-skew', on: 'token', seconds: 900 });
    const { code, stderr } = await count();
    expect(code).toBe(0);
    expect(stderr).toMatch(/clock/iu);
  });
});

describe('a token that Graph does not take', () => {
  it('faults A5 row 44: permanently, is renewed once and then exit 3', async () => {
    await control('/faults', { kind: 'unauthorized', on: 'graph' });
    const { code, stdout } = await count();
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(await posts()).toBe(2);
    expect((await tenant.journal()).filter((entry) => entry.class === 'graph')).toHaveLength(2);
  });

  it.each(['plain', 'pop-first', 'two-headers'])(
    'faults A5 row 45: for want of claims (%s), is renewed with them',
    async (form) => {
      const before = await happened('claims-challenge');
      await control('/faults', { kind: 'claims-challenge', form, times: 1 });
      // A token from before the challenge does not satisfy it, and the second in which it was made is not over yet.
      await pause(1000);
      expect(await count()).toMatchObject({ code: 0, stdout: '3\n' });
      expect(await happened('claims-challenge')).toBe(before + 1);
      expect(await posts()).toBe(2);
    },
  );

  it('faults A5 row 45: a second challenge is exit 3', async () => {
    await control('/faults', { kind: 'claims-challenge' });
    const { code } = await count();
    expect(code).toBe(3);
    expect(await posts()).toBe(2);
  });

  it.each(['malformed', 'not-an-object', 'huge', 'none'])(
    'faults A5 row 46: with unreadable claims (%s), is renewed once',
    async (form) => {
      await control('/faults', { kind: 'claims-challenge', form, times: 1 });
      expect(await count()).toMatchObject({ code: 0, stdout: '3\n' });
      expect(await posts()).toBe(2);
    },
  );
});
