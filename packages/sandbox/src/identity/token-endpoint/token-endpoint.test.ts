import { decodeJwt, decodeProtectedHeader } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';

import {
  call,
  graphScope,
  identityUnderTest,
  json,
  tenant,
  tokenPath,
} from '../testing/identity-under-test.ts';

let entra: Awaited<ReturnType<typeof identityUnderTest>>;
beforeAll(async () => {
  entra = await identityUnderTest({
    applications: [
      {
        clientId: '99999999-0000-4000-8000-000000000001',
        objectId: '99999999-0000-4000-8000-000000000002',
        displayName: 'Late',
        secrets: [{ value: 'old', expires: new Date('2026-11-22T11:59:59Z') }],
      },
      {
        clientId: '99999999-0000-4000-8000-000000000003',
        objectId: '99999999-0000-4000-8000-000000000004',
        displayName: 'Off',
        secrets: [{ value: 'x' }],
        disabled: true,
      },
      {
        clientId: '99999999-0000-4000-8000-000000000005',
        objectId: '99999999-0000-4000-8000-000000000006',
        displayName: 'Blocked',
        secrets: [{ value: 'x' }],
        blockedByConditionalAccess: true,
      },
    ],
  });
});

describe('a good request', () => {
  it('gets a version 1 token with the claims that Graph tokens have', async () => {
    const answer = await entra.ask();
    const { access_token, ...rest } = json(answer);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store, no-cache' });
    expect(rest).toEqual({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599 });
    const seconds = entra.time.now / 1000;
    const claims = decodeJwt(String(access_token));
    expect(claims).toMatchObject({
      ver: '1.0',
      aud: 'https://graph.microsoft.com',
      iss: `https://sts.windows.net/${tenant.id}/`,
      appid: entra.secretClient.clientId,
      appidacr: '1',
      idtyp: 'app',
      roles: ['User.Read.All'],
      tid: tenant.id,
      iat: seconds - 300,
      nbf: seconds - 300,
      exp: seconds + 3600,
    });
    expect(claims['oid']).toBe(claims.sub);
    expect(claims).not.toHaveProperty('scp');
    const { kid } = entra.keys.current[0] ?? {};
    expect(decodeProtectedHeader(String(access_token))).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      kid,
      x5t: kid,
    });
  });

  it('may name the tenant by its domain, and send the secret as Basic', async () => {
    const { clientId, secret } = entra.secretClient;
    const pair = `${clientId}:${encodeURIComponent(secret)}`;
    const answer = await entra.handle(
      call(
        'POST',
        '/CONTOSO.onmicrosoft.com/oauth2/v2.0/token',
        { grant_type: 'client_credentials', scope: graphScope },
        { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      ),
    );
    expect(answer.status).toBe(200);
    expect(entra.described).toEqual({ clientId, credential: 'client-secret-basic' });
  });

  it.each([
    ['https://graph.microsoft.com//.default', 'https://graph.microsoft.com'],
    ['https://management.azure.com/.default', 'https://management.azure.com'],
    ['https://management.core.windows.net//.default', 'https://management.azure.com'],
    ['00000002-0000-0000-c000-000000000000/.default', 'https://graph.windows.net'],
  ])('for %s is a token for %s', async (scope, audience) => {
    const body = json(await entra.ask({ scope }));
    expect(decodeJwt(String(body['access_token'])).aud).toBe(audience);
  });

  it.each(['https://graph.microsoft.com', 'https://graph.microsoft.com/'])(
    'to the version 1 endpoint names the resource %s, and gets numbers as text',
    async (resource) => {
      const answer = await entra.ask({ resource, scope: '' }, `/${tenant.id}/oauth2/token`);
      const { access_token, ...rest } = json(answer);
      const seconds = entra.time.now / 1000;
      expect(rest).toEqual({
        token_type: 'Bearer',
        expires_in: '3599',
        ext_expires_in: '3599',
        expires_on: String(seconds + 3600),
        not_before: String(seconds - 300),
        resource,
      });
      expect(await entra.verify(`Bearer ${String(access_token)}`)).toMatchObject({ valid: true });
    },
  );

  it('gives an application without consent a token without roles', async () => {
    const { clientId, secret } = entra.noConsentClient;
    const answer = await entra.ask({ client_id: clientId, client_secret: secret });
    expect(decodeJwt(String(json(answer)['access_token']))).not.toHaveProperty('roles');
  });

  it('gives a client that can handle claims challenges a token of a day', async () => {
    const claims = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
    const body = json(await entra.ask({ claims }));
    expect(body).toMatchObject({ expires_in: 86_399, refresh_in: 43_199 });
    const token = decodeJwt(String(body['access_token']));
    expect(token['xms_cc']).toEqual(['cp1']);
    expect(Number(token.exp) - Number(token.iat)).toBe(86_700);
  });
});

const late = { client_id: '99999999-0000-4000-8000-000000000001', client_secret: 'old' };
const blocked = { client_id: '99999999-0000-4000-8000-000000000005', client_secret: 'x' };
const off = { client_id: '99999999-0000-4000-8000-000000000003', client_secret: 'x' };
const unknownClient = { client_id: '99999999-0000-4000-8000-00000000000f' };

describe('a refused request', () => {
  it.each([
    ['wrong secret', 7000215, 401, 'invalid_client', { client_secret: 'wrong' }],
    ['expired secret', 7000222, 401, 'invalid_client', late],
    ['no credential', 7000216, 401, 'invalid_client', { client_secret: '' }],
    ['unknown application', 700016, 400, 'unauthorized_client', unknownClient],
    ['disabled application', 7000112, 400, 'unauthorized_client', off],
    ['no scope', 900144, 400, 'invalid_request', { scope: '' }],
    ['plain scope', 1002012, 400, 'invalid_scope', { scope: 'User.Read.All' }],
    ['two resources', 70011, 400, 'invalid_scope', { scope: `${graphScope} api://x/.default` }],
    ['unknown resource', 500011, 400, 'invalid_resource', { scope: 'api://x/.default' }],
    ['blocked by Conditional Access', 53003, 400, 'invalid_grant', blocked],
    ['another grant', 70003, 400, 'unsupported_grant_type', { grant_type: 'password' }],
    ['claims that are not JSON', 90100, 400, 'invalid_request', { claims: '{' }],
  ])('%s: %i', async (_, code, status, error, changes) => {
    const answer = await entra.ask(changes);
    expect(answer.status).toBe(status);
    expect(json(answer)).toMatchObject({ error, error_codes: [code] });
  });

  it('names an unknown tenant, and pseudo-tenants', async () => {
    const unknown = await entra.ask({}, '/fabrikam.example/oauth2/v2.0/token');
    expect(json(unknown)).toMatchObject({ error: 'invalid_request', error_codes: [90002] });
    const common = await entra.ask({}, '/common/oauth2/v2.0/token');
    expect(json(common)).toMatchObject({ error_codes: [50059] });
    for (const [name, code] of [
      ['organizations', 50059],
      ['Consumers', 9001023],
      ['nope', 900023],
    ] as const) {
      const answer = await entra.ask({}, `/${name}/oauth2/v2.0/token`);
      expect(json(answer)).toMatchObject({ error: 'invalid_request', error_codes: [code] });
    }
  });

  it('is refused for GET, and for a parameter given twice', async () => {
    const get = await entra.handle(call('GET', tokenPath));
    expect(json(get)).toMatchObject({ error_codes: [900561] });
    const twice = new URLSearchParams('grant_type=client_credentials&client_id=a&client_id=b');
    const answer = await entra.handle(call('POST', tokenPath, twice));
    expect(json(answer)).toMatchObject({ error_codes: [90100] });
  });

  it('has the format of Entra, with the IDs for support', async () => {
    const answer = await entra.handle(
      call('POST', `${tokenPath}?client-request-id=${tenant.id}`, {
        grant_type: 'client_credentials',
        client_id: entra.secretClient.clientId,
        client_secret: 'canary-wrong',
        scope: graphScope,
      }),
    );
    const body = json(answer);
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${entra.secretClient.clientId}'. Trace ID: ${String(body['trace_id'])} Correlation ID: ${tenant.id} Timestamp: 2026-11-22 12:00:00Z`,
      error_codes: [7000215],
      timestamp: '2026-11-22 12:00:00Z',
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/u),
      correlation_id: tenant.id,
      error_uri: 'https://login.microsoftonline.com/error?code=7000215',
    });
    expect(JSON.stringify(body)).not.toContain('canary');
  });
});
