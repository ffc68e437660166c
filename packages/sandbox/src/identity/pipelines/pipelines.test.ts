import { decodeJwt } from 'jose';
import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Sandbox } from '../../sandbox.ts';
import { startSandbox } from '../../start-sandbox.ts';

let sandbox: Sandbox;
let dispatcher: Agent;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 1 });
  dispatcher = new Agent({ connect: { ca: sandbox.ca } });
});
afterAll(async () => {
  await dispatcher.close();
  await sandbox.stop();
});

async function ask(method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}) {
  const { statusCode, body, ...answer } = await request(url, { method, headers, dispatcher });
  const text = await body.text();
  return {
    status: statusCode,
    headers: answer.headers,
    body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

const bearer = (token: string) => ({ authorization: `bearer ${token}` });

async function exchange(assertion: string) {
  const { federatedClient, authority } = sandbox;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: federatedClient.clientId,
    scope: 'https://graph.microsoft.com/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
  const { statusCode, body } = await request(`${authority}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(form),
    dispatcher,
  });
  await body.dump();
  return statusCode;
}

describe('the token service of GitHub Actions', () => {
  it('gives a job an assertion for the audience it asks for, which the tenant takes', async () => {
    const { url, token } = sandbox.pipelines.github;
    const audience = encodeURIComponent(sandbox.federatedClient.audience);
    const { status, body } = await ask('GET', `${url}&audience=${audience}`, bearer(token));
    expect(status).toBe(200);
    sandbox.journal.clear();
    expect(await exchange(String(body['value']))).toBe(200);
    expect(sandbox.journal.entries()[0]).toMatchObject({
      credential: 'federated',
      assertion: {
        algorithm: 'RS256',
        keyNamedBy: 'kid',
        chain: 0,
        subject: 'repo:contoso/rollcall:ref:refs/heads/main',
      },
    });
  });

  it('uses another audience by default, and rejects callers without a token', async () => {
    const { url, token } = sandbox.pipelines.github;
    const { body } = await ask('GET', url, bearer(token));
    const assertion = String(body['value']);
    expect(decodeJwt(assertion)).toMatchObject({ aud: 'https://github.com/contoso' });
    expect(await exchange(assertion)).toBe(400);
    expect(await ask('GET', url, bearer('wrong'))).toMatchObject({ status: 401 });
  });
});

describe('the token service of Azure DevOps', () => {
  it('gives a job an assertion for its service connection, which the tenant takes', async () => {
    const { url, token, serviceConnection } = sandbox.pipelines.azureDevops;
    const query = `api-version=7.1&serviceConnectionId=${serviceConnection}`;
    const { status, body } = await ask('POST', `${url}?${query}`, bearer(token));
    expect(status).toBe(200);
    sandbox.journal.clear();
    expect(await exchange(String(body['oidcToken']))).toBe(200);
    const subject = 'sc://contoso/rollcall/directory';
    expect(sandbox.journal.entries()[0]).toMatchObject({ assertion: { subject } });
  });

  it('redirects unauthenticated callers to a sign-in page unless they opt out', async () => {
    const { url, token, serviceConnection } = sandbox.pipelines.azureDevops;
    const query = `api-version=7.1&serviceConnectionId=${serviceConnection}`;
    expect(await ask('POST', `${url}?${query}`)).toMatchObject({ status: 302 });
    const suppressed = { 'x-tfs-fedauthredirect': 'Suppress' };
    expect(await ask('POST', `${url}?${query}`, suppressed)).toMatchObject({ status: 401 });
    const other = `${url}?api-version=7.1&serviceConnectionId=other`;
    expect(await ask('POST', other, bearer(token))).toMatchObject({ status: 404 });
  });
});
