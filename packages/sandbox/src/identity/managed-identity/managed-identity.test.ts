import { request } from 'undici';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Sandbox } from '../../sandbox.ts';
import { startSandbox } from '../../start-sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 1 });
});
afterAll(() => sandbox.stop());

const graph = 'resource=https://graph.microsoft.com';

async function imds(query: string, headers: Record<string, string> = { metadata: 'true' }) {
  const { imds: origin } = sandbox.managedIdentity;
  const { statusCode, body } = await request(
    `${origin}/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`,
    { headers },
  );
  return { status: statusCode, body: (await body.json()) as Record<string, unknown> };
}

async function appService(query: string, header: string) {
  const { endpoint } = sandbox.managedIdentity.appService;
  const { statusCode, body } = await request(`${endpoint}?api-version=2019-08-01&${query}`, {
    headers: { 'x-identity-header': header },
  });
  return { status: statusCode, body: (await body.json()) as Record<string, unknown> };
}

it('IMDS gives the machine a token, all fields being text', async () => {
  const { status, body } = await imds(graph);
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.any(String),
    refresh_token: '',
    expires_in: '86399',
    expires_on: expect.stringMatching(/^\d+$/u),
    not_before: expect.stringMatching(/^\d+$/u),
    resource: 'https://graph.microsoft.com',
    token_type: 'Bearer',
  });
  expect(decodeJwt(String(body['access_token']))).toMatchObject({
    appid: sandbox.managedIdentity.system.clientId,
    roles: ['User.Read.All'],
  });
});

it('IMDS finds an assigned identity by client, object or resource id', async () => {
  const { user } = sandbox.managedIdentity;
  for (const query of [
    `client_id=${user.clientId}`,
    `object_id=${user.objectId}`,
    `msi_res_id=${encodeURIComponent(user.resourceId)}`,
  ]) {
    const { body } = await imds(`${graph}&${query}`);
    expect(decodeJwt(String(body['access_token']))).toMatchObject({ appid: user.clientId });
  }
});

it('IMDS refuses without the header, for an unknown identity, and for an application', async () => {
  expect(await imds(graph, {})).toMatchObject({ status: 400, body: { error: 'bad_request_102' } });
  const unknown = { status: 400, body: { error_description: 'Identity not found' } };
  expect(await imds(`${graph}&client_id=${sandbox.tenant}`)).toMatchObject(unknown);
  const { clientId } = sandbox.secretClient;
  expect(await imds(`${graph}&client_id=${clientId}`)).toMatchObject(unknown);
});

it('App Service returns a token to a client that sends its header', async () => {
  const { header } = sandbox.managedIdentity.appService;
  expect(await appService(graph, header)).toMatchObject({
    status: 200,
    body: {
      client_id: sandbox.managedIdentity.system.clientId,
      expires_on: expect.stringMatching(/^\d+$/u),
    },
  });
  expect(await appService(graph, 'wrong')).toMatchObject({ status: 401 });
});

it('is befallen by faults of its own part, and is in the journal', async () => {
  sandbox.faults.add({ kind: 'status', on: 'managed-identity', status: 410, times: 1 });
  expect(await imds(graph)).toMatchObject({ status: 410 });
  expect(await imds(graph)).toMatchObject({ status: 200 });
  expect(sandbox.journal.entries().at(-1)).toMatchObject({
    class: 'managed-identity',
    credential: 'managed-identity',
    clientId: sandbox.managedIdentity.system.clientId,
  });
});
