/** The application and the tenant that consent is for. */
export interface ConsentTarget {
  readonly authority: URL;
  readonly tenant: string;
  readonly clientId: string;
}

/**
 * Returns the URL where an administrator of the tenant consents to the permissions in the application's registration.
 * The URL has no scope, because application permissions are consented as a whole
 * (https://learn.microsoft.com/entra/identity-platform/v2-admin-consent).
 *
 * @example
 * console.log(adminConsentUrl(await loadSettings()).href);
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
