import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Sandbox, SecretClient } from './sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

let sandbox: Sandbox;
let dispatcher: Agent;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 5, seed: 'seven' });
  dispatcher = new Agent({ allowH2: false, connect: { ca: sandbox.ca } });
});
afterAll(async () => {
  await dispatcher.close();
  await sandbox.stop();
});

function postToken(secret: string, clientId: string = sandbox.secretClient.clientId) {
  const form = {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: secret,
    scope: 'https://graph.microsoft.com/.default',
  };
  return request(`${sandbox.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'a test' },
    body: String(new URLSearchParams(form)),
  });
}

describe('a started sandbox', () => {
  it('responds over HTTPS to clients that trust its CA, and to no others', async () => {
    const url = `${sandbox.authority}/v2.0/.well-known/openid-configuration`;
    const answer = await request(url, { dispatcher });
    expect(await answer.body.json()).toMatchObject({
      token_endpoint: `${sandbox.authority}/oauth2/v2.0/token`,
    });
    await expect(request(url)).rejects.toThrow(/certificate/u);
  });

  it('answers by the name it was called', async () => {
    const { port } = new URL(sandbox.url);
    const url = `https://localhost:${port}/${sandbox.tenant}/v2.0/.well-known/openid-configuration`;
    const answer = await request(url, { dispatcher });
    expect(await answer.body.json()).toMatchObject({
      issuer: `https://localhost:${port}/${sandbox.tenant}/v2.0`,
    });
  });

  it('records each request before it is answered, and no secret', async () => {
    sandbox.journal.clear();
    const { secret } = sandbox.secretClient;
    await (await postToken(secret)).body.dump();
    expect(sandbox.journal.entries()).toMatchObject([
      {
        class: 'token',
        method: 'POST',
        status: 200,
        clientId: sandbox.secretClient.clientId,
        credential: 'client-secret',
        userAgent: 'a test',
      },
    ]);
    await (await postToken('canary-wrong')).body.dump();
    const text = await (await request(`${sandbox.control}/journal?class=token`)).body.text();
    expect(JSON.parse(text)).toMatchObject({ requests: 2, byStatus: { 200: 1, 401: 1 } });
    expect(text).not.toContain(secret);
    expect(text).not.toContain('canary');
  });

  it('lets the application with consent read users, and answers 403 to the one without', async () => {
    const read = async (client: SecretClient) => {
      const token = await postToken(client.secret, client.clientId);
      const { access_token } = (await token.body.json()) as { access_token: string };
      const answer = await request(`${sandbox.url}/v1.0/users?$select=id`, {
        dispatcher,
        headers: { authorization: `Bearer ${access_token}` },
      });
      return { status: answer.statusCode, body: await answer.body.json() };
    };
    const seen = await read(sandbox.secretClient);
    expect(seen).toMatchObject({ status: 200 });
    expect((seen.body as { value: unknown[] }).value).toHaveLength(5);
    expect(await read(sandbox.noConsentClient)).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    });
  });

  it('makes the same tenant and ids of the same seed, and new secrets', async () => {
    await using again = await startSandbox({ users: 5, seed: 'seven' });
    await using other = await startSandbox({ users: 5, seed: 'eight' });
    expect(again.tenant).toBe(sandbox.tenant);
    expect(again.certificateClient.clientId).toBe(sandbox.certificateClient.clientId);
    expect(again.secretClient.secret).not.toBe(sandbox.secretClient.secret);
    expect(other.tenant).not.toBe(sandbox.tenant);
  });

  it('says so when its port is taken', async () => {
    const port = Number(new URL(sandbox.url).port);
    await expect(startSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('ends open connections when it is stopped', async () => {
    const stopped = await startSandbox({ users: 1 });
    const agent = new Agent({ allowH2: false, connect: { ca: stopped.ca } });
    const url = `${stopped.authority}/.well-known/openid-configuration`;
    await (await request(url, { dispatcher: agent })).body.dump();
    await stopped.stop();
    await expect(request(url, { dispatcher: agent })).rejects.toThrow();
    await agent.close();
  });

  it.each(['contoso.ciamlogin.com', 'login.microsoftonline.us'])(
    'called by the name %s it gives links of that name',
    async (host) => {
      const agent = new Agent({ allowH2: false, connect: { ca: sandbox.ca } });
      const url = `${sandbox.authority}/v2.0/.well-known/openid-configuration`;
      const { body } = await request(url, { dispatcher: agent, headers: { host } });
      expect(await body.json()).toMatchObject({
        token_endpoint: `https://${host}/${sandbox.tenant}/oauth2/v2.0/token`,
      });
      await agent.close();
    },
  );

  it('refuses a control request that came by a strange name, or not as JSON', async () => {
    const rebound = await request(`${sandbox.control}/journal`, {
      headers: { host: 'attacker.example' },
    });
    expect(rebound.statusCode).toBe(421);
    const form = await request(`${sandbox.control}/journal/clear`, { method: 'POST', body: 'x' });
    expect(form.statusCode).toBe(415);
  });
});
