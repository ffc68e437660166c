/** Of one application in one tenant. */
export interface ConsentTarget {
  readonly authority: URL;
  readonly tenant: string;
  readonly clientId: string;
}

/**
 * Where an administrator of the tenant consents to the permissions that the application's registration lists:
 * the address that the quickstart's page describes by hand. Application permissions take no `scope` here.
 */
export function adminConsentUrl(
  settings: ConsentTarget,
  options: { readonly redirectUri?: string | undefined; readonly state?: string | undefined } = {},
): URL {
  const url = new URL(`/${settings.tenant}/adminconsent`, settings.authority);
  url.searchParams.set('client_id', settings.clientId);
  if (options.redirectUri !== undefined) url.searchParams.set('redirect_uri', options.redirectUri);
  if (options.state !== undefined) url.searchParams.set('state', options.state);
  return url;
}
