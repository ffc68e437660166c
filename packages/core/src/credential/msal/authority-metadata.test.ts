import { describe, expect, it } from 'vitest';

import { Secret } from '../../secret.ts';
import { createCredential } from '../create-credential.ts';
import { createFakePlatform, scopes, tenant } from '../testing/fake-platform.ts';
import type { CredentialContext } from '../strategy.ts';

const other = '99999999-2222-4333-8444-555555555555';
const login = 'https://login.microsoftonline.com';

function configuration(id: string, host = login) {
  return {
    body: { issuer: `${host}/${id}/v2.0`, token_endpoint: `${host}/${id}/oauth2/v2.0/token` },
  };
}

function external(id: string, at = 'login.contoso.com') {
  const host = `https://${id}.ciamlogin.com`;
  return {
    body: {
      issuer: `${host}/${id}/v2.0`,
      token_endpoint: `https://${at}/${id}/oauth2/v2.0/token`,
    },
  };
}

function open(context: Partial<CredentialContext>) {
  const platform = createFakePlatform(context);
  const credential = createCredential(
    { kind: 'client-secret', secret: new Secret('s') },
    platform.context,
  );
  return {
    platform,
    request: () => credential.requestToken({ scopes }),
    asked: () => platform.requests.map(({ method, url }) => `${method} ${url.pathname}`),
  };
}

describe('faults A7 row 77: a tenant that is configured by its domain', () => {
  it('is resolved to its ID once, and its tokens are requested by ID', async () => {
    const { platform, request, asked } = open({ tenant: 'contoso.com' });
    platform.next(configuration(tenant.toUpperCase()));
    await request();
    await request();
    expect(asked()).toEqual([
      'GET /contoso.com/v2.0/.well-known/openid-configuration',
      `POST /${tenant}/oauth2/v2.0/token`,
      `POST /${tenant}/oauth2/v2.0/token`,
    ]);
  });

  it('fails with the error of the service when the domain does not exist', async () => {
    const { platform, request, asked } = open({ tenant: 'contoso.con' });
    platform.next({ status: 400, body: { error: 'invalid_tenant', error_codes: [90002] } });
    await expect(request()).rejects.toMatchObject({
      code: 'E_TOKEN_REFUSED',
      hint: expect.stringContaining('contoso.con'),
    });
    expect(asked()).toHaveLength(1);
  });

  it('fails when the service returns no ID, or an endpoint on another host', async () => {
    for (const odd of [
      configuration('contoso.com'),
      configuration(tenant, 'https://hostile.example'),
    ]) {
      const { platform, request, asked } = open({ tenant: 'contoso.com' });
      platform.next(odd);
      await expect(request()).rejects.toMatchObject({ code: 'E_PROTOCOL' });
      expect(asked()).toHaveLength(1);
    }
  });

  it('is not resolved when it is configured by its ID', async () => {
    const { request, asked } = open({});
    await request();
    expect(asked()).toEqual([`POST /${tenant}/oauth2/v2.0/token`]);
  });
});

describe('faults A7 row 77: an issuer that is configured by its URL', () => {
  const custom = {
    protocol: 'oidc',
    authority: new URL('https://login.contoso.com/contoso.com/v2.0'),
  } as const;
  it('can move its endpoint', async () => {
    const { platform, request } = open(custom);
    const token = { body: { token_type: 'Bearer', expires_in: 3599, access_token: 'a' } };
    platform.next(external(tenant), token, external(tenant, 'contoso.ciamlogin.com'));
    await request();
    await request();
    expect(platform.requests.map(({ url }) => url.host)).toEqual([
      'login.contoso.com',
      'login.contoso.com',
      'login.contoso.com',
      'contoso.ciamlogin.com',
    ]);
  });

  it('must not change', async () => {
    const { platform, request, asked } = open(custom);
    const token = { body: { token_type: 'Bearer', expires_in: 3599, access_token: 'a' } };
    platform.next(external(tenant), token, external(other));
    await request();
    await expect(request()).rejects.toThrow('another directory');
    expect(asked().filter((each) => each.startsWith('POST'))).toHaveLength(1);
  });
});
