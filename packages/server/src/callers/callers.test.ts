import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SettingsError } from '@rollcall/core';
import { describe, expect, it, onTestFinished } from 'vitest';

import { routes } from '../routes.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { createApiKey } from './api-keys.ts';
import { readCallersFile } from './read-callers-file.ts';
import type { Role } from './role.ts';
import {
  audience,
  authority,
  makeKey,
  now,
  signToken,
  tenant,
  version2,
} from './testing/test-issuer.ts';

const signingKey = makeKey('key-1');
const keys = {
  read: createApiKey(),
  exports: createApiKey(),
  admin: createApiKey(),
  former: createApiKey(),
};

const file = {
  entra: { tenants: [tenant], audiences: [audience], authority },
  keys: [
    { name: 'read', sha256: [keys.read.sha256, keys.former.sha256], roles: ['Users.Read'] },
    { name: 'exports', sha256: [keys.exports.sha256], roles: ['Users.Export'] },
    { name: 'admin', sha256: [keys.admin.sha256], roles: ['Admin'] },
  ],
  origins: ['https://app.example.com'],
};

async function write(content: unknown): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'callers-'));
  onTestFinished(async () => rm(folder, { recursive: true }));
  const path = join(folder, 'callers.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content), {
    mode: 0o600,
  });
  return path;
}

async function start(content: unknown = file, keyDocument: unknown = { keys: [signingKey.jwk] }) {
  return startTestServer({
    users: 3,
    callers: await write(content),
    clock: { wall: () => now * 1_000 },
    async fetchJson() {
      if (keyDocument instanceof Error) throw keyDocument;
      return keyDocument;
    },
  });
}

const bearer = (credential: string) => ({ headers: { authorization: `Bearer ${credential}` } });
const token = (roles: readonly string[]) =>
  signToken({ typ: 'JWT', alg: 'RS256', kid: 'key-1' }, { ...version2, roles }, signingKey);

const batch = JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/livez' }] });
const paths = Object.values(routes).map(({ path, role, method }) => ({
  path: path.replaceAll(/:id/gu, '00000000-0000-4000-8000-000000000001'),
  role,
  send: (headers: Record<string, string> = {}): RequestInit =>
    method === 'POST'
      ? { method, body: batch, headers: { ...headers, 'content-type': 'application/json' } }
      : { headers },
}));

describe('callers', () => {
  it.each(paths)('$path is closed by default, and open to the role $role only', async (route) => {
    const { get, directory } = await start();
    const statuses: Record<string, number> = {};
    statuses['none'] = (await get(route.path, route.send())).status;
    statuses['invalid'] = (await get(route.path, route.send(bearer('rollcall_x').headers))).status;
    const closed = directory.asked.length;
    for (const role of ['Users.Read', 'Users.Export', 'Admin'] satisfies Role[])
      statuses[role] = (await get(route.path, route.send(bearer(token([role])).headers))).status;
    statuses['no role'] = (await get(route.path, route.send(bearer(token([])).headers))).status;
    const open = route.role === 'anyone';
    const expected = (role: Role) => (open || role === route.role ? 200 : 403);
    expect(statuses).toEqual({
      none: open ? 200 : 401,
      invalid: open ? 200 : 401,
      'Users.Read': expected('Users.Read'),
      'Users.Export': expected('Users.Export'),
      Admin: expected('Admin'),
      'no role': open ? 200 : 403,
    });
    expect(closed).toBe(route.path === '/readyz' ? 1 : 0);
  });

  it('an API key is accepted in either header, both active ones, and no other', async () => {
    const { get } = await start();
    const status = async (headers: Record<string, string>) =>
      (await get('/v1.0/users', { headers })).status;
    expect(await status({ 'x-api-key': keys.read.key })).toBe(200);
    expect(await status({ authorization: `Bearer ${keys.read.key}` })).toBe(200);
    expect(await status({ 'x-api-key': keys.former.key })).toBe(200);
    expect(await status({ 'x-api-key': createApiKey().key })).toBe(401);
    expect(await status({ 'x-api-key': keys.read.sha256 })).toBe(401);
    expect(await status({ 'x-api-key': `${keys.read.key} ` })).toBe(200);
    expect(await status({ 'x-api-key': keys.read.key.slice(0, -1) })).toBe(401);
    expect(await status({ 'x-api-key': '' })).toBe(401);
    expect(await status({ 'x-api-key': keys.admin.key })).toBe(403);
  });

  it.each([
    ['Basic', { authorization: `Basic ${btoa('a:b')}` }, 401],
    ['no scheme', { authorization: keys.read.key }, 401],
    ['an empty token', { authorization: 'Bearer ' }, 401],
    ['two tokens', { authorization: `Bearer ${keys.read.key} ${keys.read.key}` }, 401],
    ['both headers', { authorization: `Bearer x`, 'x-api-key': keys.read.key }, 400],
    ['a cookie', { cookie: `key=${keys.read.key}` }, 401],
  ])('%s is not a credential', async (_name, headers, status) => {
    const { get, directory } = await start();
    expect((await get('/v1.0/users', { headers })).status).toBe(status);
    expect(directory.asked).toEqual([]);
  });

  it.each(['access_token', 'api_key', 'token', 'code'])(
    'a credential in the parameter %s is not accepted',
    async (name) => {
      const { get, logged } = await start();
      const path = `/v1.0/users?${name}=${keys.read.key}`;
      expect((await get(path)).status).toBe(401);
      expect((await get(path, bearer(keys.read.key))).status).toBe(400);
      expect(JSON.stringify(logged)).not.toContain(keys.read.key);
    },
  );

  it('a 401 has one text for every reason, and the log has the reason', async () => {
    const { get, logged, server } = await start();
    const bodies: string[] = [];
    for (const credential of ['x', token(['Users.Read']).slice(0, -2), createApiKey().key]) {
      const answer = await get('/users.csv', bearer(credential));
      expect(answer.headers.get('www-authenticate')).toBe(
        'Bearer realm="rollcall-server", error="invalid_token"',
      );
      bodies.push((await answer.text()).replace(/urn:uuid:[\w-]+/u, ''));
    }
    expect(new Set(bodies).size).toBe(1);
    expect((await get('/users.csv')).headers.get('www-authenticate')).toBe(
      'Bearer realm="rollcall-server"',
    );
    await server.drain();
    const reasons = logged.filter(({ event }) => event === 'caller-refused');
    expect(reasons.map(({ fields }) => fields['reason'])).toEqual([
      'form',
      'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
      'unknown API key',
    ]);
  });

  it('keys that cannot be read are 503, not 401', async () => {
    const { get } = await start(file, new Error('down'));
    const answer = await get('/v1.0/users', bearer(token(['Users.Read'])));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
    expect((await get('/v1.0/users', bearer(keys.read.key))).status).toBe(200);
  });

  it('the properties of a role restrict its routes', async () => {
    const { get } = await start({
      ...file,
      fields: { 'Users.Read': ['displayName'], 'Users.Export': ['id'] },
    });
    const page = await (await get('/v1.0/users', bearer(keys.read.key))).json();
    expect(page).toMatchObject({ value: [{ displayName: 'Person 0' }, {}, {}] });
    expect(JSON.stringify(page)).not.toContain('person');
    expect((await get('/v1.0/users?$select=id', bearer(keys.read.key))).status).toBe(403);
    expect(
      (await get('/v1.0/users/$count?$filter=id%20eq%20%271%27', bearer(keys.read.key))).status,
    ).toBe(403);
    const csv = await (await get('/users.csv', bearer(keys.exports.key))).text();
    expect(csv.split('\r\n')[0]).toBe('id');
  });

  it('a caller that sends too many requests gets 429 with Retry-After, and others do not', async () => {
    const { get } = await startTestServer({
      users: 3,
      callers: await write(file),
      limits: { callerRate: 5, cacheAge: 0 },
    });
    const status = async (key: string) => (await get('/v1.0/users', bearer(key))).status;
    const statuses = [];
    for (let request = 0; request < 6; request += 1) statuses.push(await status(keys.read.key));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await get('/v1.0/users', bearer(keys.former.key));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit-policy')).toContain('5');
    expect(await refused.json()).toMatchObject({ error: { code: 'TooManyRequests' } });
    expect((await get('/users.csv', bearer(keys.exports.key))).status).toBe(200);
    expect((await get('/livez')).status).toBe(200);
  });

  it('one caller cannot take all places of reads', async () => {
    const release = Promise.withResolvers<void>();
    let waiting = 0;
    const { get } = await startTestServer({
      users: 3,
      callers: await write({
        keys: ['one', 'two'].map((name, at) => ({
          name,
          sha256: [[keys.read, keys.admin][at]?.sha256],
          roles: ['Users.Read'],
        })),
      }),
      limits: { reads: 4, readsPerCaller: 3, cacheAge: 0 },
      before: async () => {
        waiting += 1;
        await release.promise;
      },
    });
    const held = [1, 2, 3].map(async () => get('/v1.0/users', bearer(keys.read.key)));
    await expect.poll(() => waiting).toBe(3);
    expect((await get('/v1.0/users', bearer(keys.read.key))).status).toBe(503);
    const other = get('/v1.0/users', bearer(keys.admin.key));
    await expect.poll(() => waiting).toBe(4);
    release.resolve();
    expect((await Promise.all([...held, other])).map(({ status }) => status)).toEqual([
      200, 200, 200, 200,
    ]);
  });

  it('pages of listed origins can read responses, others cannot', async () => {
    const { get } = await start();
    const from = async (origin: string) =>
      get('/v1.0/users', {
        headers: { ...bearer(keys.read.key).headers, origin, 'sec-fetch-site': 'cross-site' },
      });
    const good = await from('https://app.example.com');
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([
      200,
      'https://app.example.com',
    ]);
    expect(good.headers.get('access-control-allow-credentials')).toBeNull();
    expect(good.headers.get('vary')).toContain('Origin');
    for (const origin of [
      'https://app.example.com.attacker.example',
      'https://attacker.example',
      'http://app.example.com',
      'https://app.example.com:8443',
      'https://APP.example.com',
      'null',
    ]) {
      const refused = await from(origin);
      expect([origin, refused.status]).toEqual([origin, 403]);
      expect(refused.headers.has('access-control-allow-origin')).toBe(false);
    }
    const asked = await get('/v1.0/users', {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'GET' },
    });
    expect([asked.status, await asked.text()]).toEqual([204, '']);
    expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization');
  });

  it('a changed file is used after a reload, an invalid one is not', async () => {
    const path = await write(file);
    const { get, server, logged } = await startTestServer({ users: 3, callers: path });
    await writeFile(
      path,
      JSON.stringify({ keys: [{ ...file.keys[0], sha256: [keys.read.sha256] }] }),
    );
    await server.reload();
    expect((await get('/v1.0/users', bearer(keys.former.key))).status).toBe(401);
    await writeFile(path, '{');
    await server.reload();
    expect((await get('/v1.0/users', bearer(keys.read.key))).status).toBe(200);
    expect(logged.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['callers-reloaded', 'callers-reload-failed']),
    );
  });
});

describe('the file of callers', () => {
  const [key] = file.keys;
  it.each([
    ['not JSON', '{', ['callers']],
    ['empty', {}, ['callers']],
    ['an unknown name', { ...file, fliter: 1 }, ['callers']],
    [
      'Graph as audience, and a tenant by its name',
      { entra: { tenants: ['contoso.com'], audiences: ['https://graph.microsoft.com'] } },
      ['callers.entra.audiences.0', 'callers.entra.tenants.0'],
    ],
    [
      'an authority over http',
      { entra: { ...file.entra, authority: 'http://login.example' } },
      ['callers.entra.authority'],
    ],
    [
      'an authority with a path',
      { entra: { ...file.entra, authority: 'https://login.example/x' } },
      ['callers.entra.authority'],
    ],
    [
      'a key in place of its hash',
      { keys: [{ ...key, sha256: [keys.read.key] }] },
      ['callers.keys.0.sha256.0'],
    ],
    [
      'three hashes',
      { keys: [{ ...key, sha256: ['a', 'b', 'c'].map((x) => x.repeat(64)) }] },
      ['callers.keys.0.sha256'],
    ],
    ['an unknown role', { keys: [{ ...key, roles: ['users.read'] }] }, ['callers.keys.0.roles.0']],
    ['no role', { keys: [{ ...key, roles: [] }] }, ['callers.keys.0.roles']],
    ['a hash twice', { keys: [key, { ...key, name: 'other' }] }, ['callers']],
    ['a name twice', { keys: [key, { ...key, sha256: ['a'.repeat(64)] }] }, ['callers']],
    [
      'any origin',
      { ...file, origins: ['*', 'https://app.example.com/'] },
      ['callers.origins.0', 'callers.origins.1'],
    ],
    ['fields of an unknown role', { ...file, fields: { Everyone: ['id'] } }, ['callers.fields']],
    ['a path as field', { ...file, fields: { Admin: ['a/b'] } }, ['callers.fields.Admin.0']],
  ])('%s is one error with every place', async (_name, content, places) => {
    const error: unknown = await readCallersFile(await write(content)).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(SettingsError);
    const { issues } = error as SettingsError;
    expect(issues.map(({ path }) => path).toSorted()).toEqual(places);
    expect(JSON.stringify(issues)).not.toContain(keys.read.key);
  });

  it('that other users can change is rejected', async () => {
    const path = await write(file);
    await chmod(path, 0o620);
    await expect(readCallersFile(path)).rejects.toThrow('can be changed by other users');
  });
});
