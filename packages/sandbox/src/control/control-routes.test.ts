import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Sandbox } from '../sandbox.ts';
import { startSandbox } from '../start-sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 60 });
});
afterAll(() => sandbox.stop());

async function get(path: string) {
  const { statusCode, body } = await request(`${sandbox.control}${path}`);
  const text = await body.text();
  return { status: statusCode, text, json: (): unknown => JSON.parse(text) };
}

async function post(path: string, given: unknown) {
  const { statusCode, body } = await request(`${sandbox.control}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(given),
  });
  return { status: statusCode, body: await body.json() };
}

it('shows applications by what they prove themselves with, never the proof', async () => {
  const { text, json } = await get('/applications');
  expect(json()).toContainEqual({
    clientId: sandbox.secretClient.clientId,
    displayName: expect.any(String),
    proofs: ['secret'],
    roles: ['User.Read.All'],
  });
  for (const secret of [sandbox.secretClient.secret, sandbox.noConsentClient.secret])
    expect(text).not.toContain(secret);
  expect(text).not.toContain('CERTIFICATE');
});

it('shows users fifty at a time', async () => {
  const first = (await get('/users')).json() as { total: number; users: { id: string }[] };
  const second = (await get('/users?from=50')).json() as typeof first;
  expect([first.total, first.users.length, second.users.length]).toEqual([60, 50, 10]);
  expect(new Set([...first.users, ...second.users].map(({ id }) => id)).size).toBe(60);
});

it('sets, lists and clears faults, and says what is wrong with one', async () => {
  expect(await post('/faults', { kind: 'throttled', nth: 2 })).toMatchObject({
    status: 200,
    body: { set: [{ fault: { kind: 'throttled', nth: 2 }, seen: 0, struck: 0 }] },
  });
  expect(await post('/faults', { kind: 'nonsense' })).toMatchObject({
    status: 400,
    body: { error: expect.stringContaining('no fault of kind "nonsense"') },
  });
  expect((await get('/faults')).json()).toMatchObject({ happened: {} });
  expect(await post('/faults/clear', {})).toMatchObject({ body: { set: [] } });
});

it('lets an administrator grant consent and revoke it', async () => {
  const { clientId } = sandbox.noConsentClient;
  await post('/applications/consent', { clientId });
  expect(sandbox.applications.find(clientId)?.roles).toEqual(['User.Read.All']);
  await post('/applications/consent', { clientId, roles: [] });
  expect(sandbox.applications.find(clientId)?.roles).toEqual([]);
});

it('rolls the signing key', async () => {
  expect(await countKeys()).toBe(1);
  await post('/keys/roll', {});
  expect(await countKeys()).toBe(2);
  await post('/keys/roll', { withdraw: true });
  expect(await countKeys()).toBe(1);
});

async function countKeys(): Promise<number> {
  const dispatcher = new Agent({ allowH2: false, connect: { ca: sandbox.ca } });
  const { body } = await request(`${sandbox.authority}/discovery/v2.0/keys`, { dispatcher });
  const { keys } = (await body.json()) as { keys: unknown[] };
  await dispatcher.close();
  return keys.length;
}

it('changes how far away the tenant seems', async () => {
  expect(await post('/conditions', { latency: 5, bandwidth: 1_000_000 })).toMatchObject({
    body: { latency: 5, bandwidth: 1_000_000 },
  });
  expect(await post('/conditions', { latency: -1 })).toMatchObject({ status: 400 });
  await post('/conditions', {});
});

it('gives a page that loads nothing from elsewhere', async () => {
  const { text } = await get('/');
  expect(text).toContain('<title>Rollcall sandbox</title>');
  expect(text).not.toMatch(/(?:src|href)="(?!data:)/u);
});
