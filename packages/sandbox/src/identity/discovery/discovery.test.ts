import { importJWK, jwtVerify, type JWK } from 'jose';
import { beforeAll, expect, it } from 'vitest';

import { call, identityUnderTest, json, origin, tenant } from '../testing/identity-under-test.ts';

let entra: Awaited<ReturnType<typeof identityUnderTest>>;
beforeAll(async () => {
  entra = await identityUnderTest();
});

it.each([
  ['/v2.0/.well-known', '/v2.0', `${origin}/${tenant.id}/v2.0`],
  ['/.well-known', '', `https://sts.windows.net/${tenant.id}/`],
])('describes the tenant under %s, by its domain too', async (path, version, issuer) => {
  const url = `/${tenant.domains[0]}${path}/openid-configuration`;
  const body = json(await entra.handle(call('GET', url)));
  expect(body).toMatchObject({
    token_endpoint: `${origin}/${tenant.id}/oauth2${version}/token`,
    device_authorization_endpoint: `${origin}/${tenant.id}/oauth2${version}/devicecode`,
    jwks_uri: `${origin}/${tenant.id}/discovery${version}/keys`,
    issuer,
    msgraph_host: 'graph.microsoft.com',
  });
});

it.each([
  ['common', '{tenantid}'],
  ['Organizations', '{tenantid}'],
  ['consumers', '9188040d-6c67-4c5b-b112-36a304b66dad'],
])('describes the pseudo-tenant %s and its keys', async (name, id) => {
  const path = `/${name}/v2.0/.well-known/openid-configuration`;
  const body = json(await entra.handle(call('GET', path)));
  expect(body).toMatchObject({
    issuer: `${origin}/${id}/v2.0`,
    kerberos_endpoint: `${origin}/${name.toLowerCase()}/kerberos`,
  });
  expect(body['claims_supported']).toHaveLength(19);
  const { pathname } = new URL(String(body['jwks_uri']));
  const { keys } = json(await entra.handle(call('GET', pathname)));
  expect(keys).toMatchObject([{ kty: 'RSA', issuer: `${origin}/${id}/v2.0` }]);
});

it('publishes the keys that its tokens are signed with', async () => {
  const { keys } = json(
    await entra.handle(call('GET', `/${tenant.id}/discovery/v2.0/keys`)),
  ) as unknown as { keys: JWK[] };
  expect(keys).toMatchObject([{ kty: 'RSA', use: 'sig', issuer: `${origin}/${tenant.id}/v2.0` }]);
  expect(Object.keys(keys[0] ?? {})).not.toContain('d');
  const token = String(json(await entra.ask())['access_token']);
  await jwtVerify(token, await importJWK(keys[0] ?? { kty: 'RSA' }, 'RS256'), {
    currentDate: new Date(entra.time.now),
    issuer: `https://sts.windows.net/${tenant.id}/`,
  });
});

async function ask(endpoint: string) {
  const url = `/common/discovery/instance?api-version=1.1&authorization_endpoint=${endpoint}`;
  return json(await entra.handle(call('GET', url)));
}

it('knows its own host and the clouds as authorities, and no other', async () => {
  expect(await ask(`${origin}/${tenant.id}/oauth2/v2.0/authorize`)).toMatchObject({
    tenant_discovery_endpoint: `${origin}/${tenant.id}/v2.0/.well-known/openid-configuration`,
  });
  const withoutPort = new URL(origin).hostname;
  expect(await ask(`https://${withoutPort}/${tenant.id}/oauth2/v2.0/authorize`)).toHaveProperty(
    'metadata',
  );
  expect(await ask('https://login.microsoftonline.us/x/oauth2/v2.0/authorize')).toHaveProperty(
    'metadata',
  );
  expect(await ask('https://attacker.example/x/oauth2/v2.0/authorize')).toMatchObject({
    error: 'invalid_instance',
    error_codes: [50049],
  });
});

it('reports invalid_tenant for a tenant that does not exist', async () => {
  for (const [name, code] of [
    ['fabrikam.example', 90002],
    ['nowhere', 900023],
  ] as const) {
    const path = `/${name}/v2.0/.well-known/openid-configuration`;
    const answer = await entra.handle(call('GET', path));
    expect(answer.status).toBe(400);
    expect(json(answer)).toMatchObject({ error: 'invalid_tenant', error_codes: [code] });
  }
});

it('has nothing anywhere else, and survives a path that cannot be decoded', async () => {
  expect((await entra.handle(call('GET', `/${tenant.id}/oauth2/v9/token`))).status).toBe(404);
  expect((await entra.handle(call('GET', '/%ff/oauth2/v2.0/token'))).status).toBe(400);
});
