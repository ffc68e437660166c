import { decodeJwt } from 'jose';
import { beforeAll, expect, it } from 'vitest';

import {
  call,
  identityUnderTest,
  json,
  tenant,
  tokenPath,
} from '../testing/identity-under-test.ts';

let entra: Awaited<ReturnType<typeof identityUnderTest>>;
beforeAll(async () => {
  entra = await identityUnderTest();
});

/** Asks for a token as if the sandbox had been called by this host. */
async function ask(host: string, scope: string) {
  const { clientId, secret } = entra.secretClient;
  const asked = call('POST', tokenPath, {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope,
  });
  const url = new URL(asked.url);
  url.hostname = host;
  return json(await entra.handle({ ...asked, url }));
}

it.each([
  ['login.microsoftonline.com', 'https://graph.microsoft.com', 'https://sts.windows.net'],
  ['login.microsoftonline.us', 'https://graph.microsoft.us', 'https://sts.windows.net'],
  ['login.microsoftonline.us', 'https://dod-graph.microsoft.us', 'https://sts.windows.net'],
  [
    'login.partner.microsoftonline.cn',
    'https://microsoftgraph.chinacloudapi.cn',
    'https://sts.chinacloudapi.cn',
  ],
  ['127.0.0.1', 'https://graph.microsoft.us', 'https://sts.windows.net'],
])('%s gives tokens for %s', async (host, audience, issuer) => {
  const body = await ask(host, `${audience}/.default`);
  expect(decodeJwt(String(body['access_token']))).toMatchObject({
    aud: audience,
    iss: `${issuer}/${tenant.id}/`,
  });
});

it.each(['', '/'])(
  'on loopback its own origin, with "%s" at its end, names Graph',
  async (slash) => {
    const { origin } = new URL(call('POST', tokenPath, {}).url);
    const body = await ask(
      '127.0.0.1',
      `${origin.replace('login.microsoftonline.com', '127.0.0.1')}${slash}/.default`,
    );
    expect(decodeJwt(String(body['access_token']))).toMatchObject({
      aud: 'https://graph.microsoft.com',
    });
  },
);

it('does not take its own origin for Graph at a login host of a cloud', async () => {
  expect(
    await ask('login.microsoftonline.com', 'https://login.microsoftonline.com/.default'),
  ).toMatchObject({ error: 'invalid_resource', error_codes: [500011] });
});

it("does not know another cloud's Graph", async () => {
  expect(
    await ask('login.microsoftonline.us', 'https://graph.microsoft.com/.default'),
  ).toMatchObject({ error: 'invalid_resource', error_codes: [500011] });
});

const externalId = `${tenant.id}.ciamlogin.com`;

it.each([
  [
    'login.microsoftonline.us',
    'login.microsoftonline.us:4430',
    'microsoftonline.us',
    'graph.microsoft.us',
  ],
  ['contoso.ciamlogin.com', externalId, 'microsoftonline.com', 'graph.microsoft.com'],
  ['login.contoso.example', externalId, 'microsoftonline.com', 'graph.microsoft.com'],
])(
  '%s is described by the name it was called, but for its issuer',
  async (host, issuer, instance, graph) => {
    const asked = call('GET', `/${tenant.id}/v2.0/.well-known/openid-configuration`);
    const url = new URL(asked.url);
    url.hostname = host;
    expect(json(await entra.handle({ ...asked, url }))).toMatchObject({
      issuer: `https://${issuer}/${tenant.id}/v2.0`,
      token_endpoint: `${url.origin}/${tenant.id}/oauth2/v2.0/token`,
      cloud_instance_name: instance,
      msgraph_host: graph,
    });
  },
);
