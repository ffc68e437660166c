import { expect, it } from 'vitest';

import { adminConsentUrl } from './admin-consent-url.ts';

const clientId = '6f1b7a52-9f0e-4d7a-8f44-0c3d6a1b2c3d';

it('points to the authority and the tenant', () => {
  const authority = new URL('https://login.microsoftonline.us/contoso.onmicrosoft.us');
  expect(adminConsentUrl({ authority, tenant: 'contoso.onmicrosoft.us', clientId }).href).toBe(
    `https://login.microsoftonline.us/contoso.onmicrosoft.us/adminconsent?client_id=${clientId}`,
  );
});

it('omits the version at the end of an OpenID Connect authority', () => {
  const authority = new URL('https://login.contoso.com/contoso.onmicrosoft.com/v2.0');
  expect(adminConsentUrl({ authority, tenant: 'contoso.onmicrosoft.com', clientId }).pathname).toBe(
    '/contoso.onmicrosoft.com/adminconsent',
  );
});

it('escapes redirect URI and state', () => {
  const authority = new URL('https://login.microsoftonline.com/contoso.com');
  const url = adminConsentUrl(
    { authority, tenant: 'contoso.com', clientId },
    { redirectUri: 'http://localhost:1/?a=b&c', state: 'x y' },
  );
  expect(url.search).toContain('redirect_uri=http%3A%2F%2Flocalhost%3A1%2F%3Fa%3Db%26c&state=x+y');
});
