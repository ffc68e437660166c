import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { startServing, type Serving } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

interface User {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

interface Collection {
  readonly '@odata.context': string;
  readonly '@odata.nextLink'?: string;
  readonly value: readonly User[];
}

const stage = createStage();
let tenant: Tenant;
let serving: Serving;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 2_500 });
  serving = await startServing(stage, tenant.flags);
});
afterAll(async () => {
  await serving.stop();
  await tenant[Symbol.asyncDispose]();
});

describe('the server', () => {
  it('is ready when it can read the directory', async () => {
    expect((await serving.get('/livez')).status).toBe(200);
    expect(JSON.parse((await serving.get('/readyz')).text)).toEqual({ ready: true });
  });

  it('leads through 2,500 users in three pages by links of its own', async () => {
    await tenant.forget();
    const seen = new Set<string>();
    let next: string | undefined = '/v1.0/users?$top=999&$select=id,displayName';
    const links: string[] = [];
    let pages = 0;
    while (next !== undefined) {
      const page: Collection = await serving.json<Collection>(next);
      for (const { id } of page.value) seen.add(id);
      next = page['@odata.nextLink'];
      if (next !== undefined) links.push(new URL(next).origin);
      pages += 1;
    }
    expect(links).toEqual([serving.url, serving.url]);
    expect([seen.size, pages]).toEqual([2_500, 3]);
    const asked = (await tenant.journal()).filter((entry) => entry.class === 'graph');
    expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(asked[2]?.path).toContain('$skiptoken');
  });

  it('gives a user by id and by name, with an apostrophe or as a guest', async () => {
    const { value } = await serving.json<Collection>('/v1.0/users?$top=999');
    const names = [
      value[0],
      value.find(({ userPrincipalName }) => userPrincipalName.includes('#EXT#')),
      value.find(({ userPrincipalName }) => userPrincipalName.includes("'")),
    ].filter((user) => user !== undefined);
    expect(names.length).toBeGreaterThan(1);
    for (const { id, userPrincipalName } of names)
      for (const name of [id, userPrincipalName]) {
        const found = await serving.json<User>(`/v1.0/users/${encodeURIComponent(name)}`);
        expect(found).toMatchObject({ id, userPrincipalName });
        expect(JSON.stringify(found)).not.toContain(tenant.url);
      }
  });

  it('counts', async () => {
    expect((await serving.get('/v1.0/users/$count')).text).toBe('2500');
  });

  it.each(['00000000-0000-4000-8000-000000000000', 'unknown@contoso.onmicrosoft.com'])(
    'says 404 in Graph’s body for %s',
    async (id) => {
      const answer = await serving.get(`/v1.0/users/${id}`);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.text)).toMatchObject({
        error: { code: 'Request_ResourceNotFound' },
      });
    },
  );

  it.each(['me', '..%2fgroups', '%2e%2e%2fgroups', 'a%2fb', '%00', 'x'.repeat(400)])(
    'faults A9 row 93: asks Graph nothing for the id %s',
    async (id) => {
      await tenant.forget();
      const answer = await serving.get(`/v1.0/users/${id}`);
      expect([400, 404]).toContain(answer.status);
      expect((await tenant.journal()).filter((entry) => entry.class === 'graph')).toEqual([]);
    },
  );

  it.each(["('me')", "('..%2fgroups')", "('$count')", '(%27a%2fb%27)', "('')", '()/me'])(
    'faults A9 row 93: sends no request to Graph for the invalid ID users%s',
    async (key) => {
      await tenant.forget();
      const answer = await serving.get(`/v1.0/users${key}`);
      expect([400, 404]).toContain(answer.status);
      expect((await tenant.journal()).filter((entry) => entry.class === 'graph')).toEqual([]);
    },
  );

  it('hands on what Graph says of a query it refuses', async () => {
    const answer = await serving.get('/v1.0/users?$select=nosuchproperty');
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({
      error: { code: expect.any(String) as string },
    });
  });

  it('streams the whole directory in every format, NDJSON with its end record', async () => {
    const lines = (await serving.get('/users.ndjson?$select=id')).text.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      '@complete': true,
      reconciled: true,
      count: 2500,
      receipt: { complete: true, users: 2500 },
    });
    expect(new Set(lines).size).toBe(2_501);
    expect(JSON.parse((await serving.get('/users.json')).text)).toHaveLength(2_500);
    const csv = await serving.get('/users.csv?$select=id,userPrincipalName');
    expect(csv.text.trimEnd().split('\r\n')).toHaveLength(2_501);
  });

  it('keeps one token for all of it', async () => {
    await tenant.forget();
    // Equal requests would be one request to Graph.
    const sizes = Array.from({ length: 20 }, (_, index) => index + 1);
    await Promise.all(sizes.map(async (size) => serving.get(`/v1.0/users?$top=${size}`)));
    const asked = await tenant.journal();
    expect(asked.filter((entry) => entry.class === 'token')).toEqual([]);
    expect(asked.filter((entry) => entry.class === 'graph')).toHaveLength(20);
  });

  it('has sent and printed no secret and no token, to its end', async () => {
    await serving.stop();
    const printed = [...stage.printed, ...serving.sent];
    expect(printed.length).toBeGreaterThan(40);
    expect(leaks(printed, tenant.secrets)).toEqual([]);
    // Every token of the sandbox is a JWT: a header and a payload in base64url.
    expect(JSON.stringify(printed)).not.toMatch(/eyJ[\w-]{8,}\.eyJ/u);
  });
});
