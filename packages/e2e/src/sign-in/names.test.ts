import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

/** A proxy to which every name in the world is the sandbox's. What runs through it stays encrypted from end to end. */
async function startProxy(to: string) {
  const { hostname, port } = new URL(to);
  const asked = new Set<string>();
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on('connect', (request, inner: Socket) => {
    asked.add(request.url ?? '');
    const outer = connect(Number(port), hostname, () => {
      inner.write('HTTP/1.1 200 Connection established\r\n\r\n');
      outer.pipe(inner).pipe(outer);
    });
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const stage = createStage();
let tenant: Tenant;
let proxy: Awaited<ReturnType<typeof startProxy>>;
beforeAll(async () => {
  const flags = ['--host-name', 'login.contoso.com'];
  tenant = await startTenant(stage, { users: 3, flags });
  proxy = await startProxy(tenant.url);
});
afterAll(async () => {
  proxy.close();
  await tenant[Symbol.asyncDispose]();
});
beforeEach(async () => {
  proxy.asked.clear();
  await tenant.forget();
});

/** Lists users by a variation of the quickstart's parameters, and tells which hosts were asked for what. */
async function listBy(changes: Record<string, unknown>, ...flags: readonly string[]) {
  const config = await tenant.variation('names.json', {
    scope: undefined,
    endpoint: undefined,
    ...changes,
  });
  const args = ['--config', config, '--ca', tenant.ca, '--proxy', proxy.url, ...flags];
  const list = ['users', 'list', '--select', 'id', '--page-size', '2', '-o', 'json', '--quiet'];
  const { code, stdout, stderr } = await stage.run('rollcall', [...list, ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toHaveLength(3);
  const entries = await tenant.journal();
  const paths = (part: string) =>
    entries.filter((entry) => entry.class === part).map(({ path }) => path.split('?', 1)[0]);
  return { hosts: [...proxy.asked], discovery: paths('discovery'), token: paths('token') };
}

const scope = ['https://graph.microsoft.com/.default'];
const endpoint = 'https://graph.microsoft.com/v1.0/users';

describe('an External ID tenant', () => {
  it('signs in by authority, which names the tenant by its host alone', async () => {
    const authority = 'https://contoso.ciamlogin.com/';
    expect(await listBy({ authority, oidc_authority: null, scope, endpoint })).toEqual({
      hosts: ['contoso.ciamlogin.com:443', 'graph.microsoft.com:443'],
      discovery: ['/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration'],
      token: [`/${tenant.tenant}/oauth2/v2.0/token`],
    });
  });

  it('signs in by authority with the id of the tenant', async () => {
    const authority = `https://contoso.ciamlogin.com/${tenant.tenant}`;
    expect(await listBy({ authority, oidc_authority: null, scope, endpoint })).toMatchObject({
      hosts: ['contoso.ciamlogin.com:443', 'graph.microsoft.com:443'],
      token: [`/${tenant.tenant}/oauth2/v2.0/token`],
    });
  });

  it('signs in by oidc_authority: a custom domain, whose configuration names another issuer', async () => {
    const oidc = `https://login.contoso.com/${tenant.tenant}/v2.0`;
    expect(await listBy({ authority: null, oidc_authority: oidc, scope, endpoint })).toEqual({
      hosts: ['login.contoso.com:443', 'graph.microsoft.com:443'],
      discovery: [`/${tenant.tenant}/v2.0/.well-known/openid-configuration`],
      token: [`/${tenant.tenant}/oauth2/v2.0/token`],
    });
  });
});

describe('the national cloud', () => {
  it.each([
    ['global', 'login.microsoftonline.com', 'graph.microsoft.com'],
    ['usgov', 'login.microsoftonline.us', 'graph.microsoft.us'],
    ['dod', 'login.microsoftonline.us', 'dod-graph.microsoft.us'],
    ['china', 'login.partner.microsoftonline.cn', 'microsoftgraph.chinacloudapi.cn'],
  ])('%s: tokens of %s for %s', async (cloud, login, graph) => {
    const flags = ['--tenant', tenant.tenant, '--cloud', cloud];
    expect(await listBy({ authority: undefined }, ...flags)).toEqual({
      hosts: [`${login}:443`, `${graph}:443`],
      discovery: [],
      token: [`/${tenant.tenant}/oauth2/v2.0/token`],
    });
  });
});
