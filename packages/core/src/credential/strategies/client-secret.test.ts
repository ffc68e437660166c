import { describe, expect, it } from 'vitest';

import { Secret } from '../../secret.ts';
import { clientSecret } from './client-secret.ts';
import { clientId, createFakePlatform, formOf, scopes, tenant } from '../testing/fake-platform.ts';

describe('client-secret', () => {
  it('sends the secret in one request to the token endpoint of the tenant', async () => {
    const platform = createFakePlatform();
    const credential = clientSecret.createCredential(
      { secret: new Secret('s3cret~&='), secretFile: undefined },
      platform.context,
    );
    const token = await credential.requestToken({ scopes });
    expect(token.token.reveal()).toBe('token-1');
    expect(platform.requests).toHaveLength(1);
    const [request] = platform.requests;
    expect(request?.url.href).toContain(
      `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`,
    );
    expect(formOf(request)).toMatchObject({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: 's3cret~&=',
      scope: scopes[0],
    });
  });

  it('works with a custom authority', async () => {
    const platform = createFakePlatform({ authority: new URL('https://127.0.0.1:8443/') });
    const credential = clientSecret.createCredential(
      { secret: new Secret('x'), secretFile: undefined },
      platform.context,
    );
    await credential.requestToken({ scopes });
    expect(platform.requests.map(({ url }) => url.host)).toEqual(['127.0.0.1:8443']);
  });
});
