import { clouds, cloudsByAuthorityHost } from '../cloud.ts';
import { codes } from '../errors/codes.ts';

/**
 * Returns the page of the documentation about an error code, as a path in this repository; undefined for a bug, which
 * has none. docs/reference/errors.md has a section for each code of the library, and a test compares the two.
 *
 * @example
 * docsPageOf('E_TLS'); // 'docs/reference/errors.md#e_tls'
 */
export function docsPageOf(code: string): string | undefined {
  if (Object.hasOwn(codes, code)) return `docs/reference/errors.md#${code.toLowerCase()}`;
  return code === 'E_USAGE' ? 'docs/reference/commands.md' : undefined;
}

/**
 * Returns the page of the portal with the permissions of the application, for an error with an admin consent URL of a
 * Microsoft cloud.
 */
export function portalPageOf(error: { readonly adminConsentUrl?: unknown }): string | undefined {
  const { adminConsentUrl } = error;
  const consent = typeof adminConsentUrl === 'string' ? URL.parse(adminConsentUrl) : null;
  const clientId = consent?.searchParams.get('client_id');
  const [cloud] = consent === null ? [] : cloudsByAuthorityHost(consent.host);
  if (cloud === undefined || clientId === null || clientId === undefined) return undefined;
  return `${clouds[cloud].portal}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/${clientId}`;
}
