import leven from 'leven';

import { clouds } from '../../../cloud.ts';
import type { Checked } from '../../collect-issues.ts';

/** The parts of an authority URL. */
export interface AuthorityParts {
  /** `https://login.microsoftonline.com` */
  readonly origin: string;
  /** Host with port. */
  readonly host: string;
  /** Decoded; undefined when the URL contains only the host. */
  readonly tenant: string | undefined;
  /** `/v2.0` when the URL is an OpenID Connect issuer. */
  readonly version: '' | '/v2.0';
}

const format =
  'Write https://HOST/TENANT, such as https://login.microsoftonline.com/contoso.onmicrosoft.com.';
/** External ID: the tenant is the first label of the host. */
const externalIdSuffix = '.ciamlogin.com';

const knownHosts = Object.values(clouds).flatMap(({ authorityHost, aliases }) =>
  [authorityHost].concat(aliases),
);

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Returns the Microsoft host that `host` was probably meant to be: a secret must not be sent to a mistyped host. */
function intendedHost(host: string): string | undefined {
  if (knownHosts.includes(host)) return undefined;
  return knownHosts.find((known) => leven(host, known, { maxDistance: 3 }) < 3);
}

/**
 * Parses an authority and rejects one that would send the credential to the wrong host or in the clear. Messages
 * contain its host and nothing else of it.
 */
export function checkAuthority(text: string): Checked<AuthorityParts> {
  const url = URL.parse(text.trim());
  if (url === null || url.host === '')
    return { problem: { message: 'is not a URL', hint: format } };
  if (url.protocol !== 'https:') {
    return {
      problem: {
        message: 'must start with https://; the credential would be sent unencrypted',
        hint: format,
      },
    };
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Remove the part before the @.';
    return { problem: { message: 'must not contain a user name or password', hint } };
  }
  if (url.search !== '' || url.hash !== '')
    return { problem: { message: 'must not contain a query or a fragment', hint: format } };
  const intended = intendedHost(url.host);
  if (intended !== undefined) {
    const message = `has the unknown host ${url.host}, which resembles ${intended}`;
    return { problem: { message, hint: `Write https://${intended}/ followed by the tenant.` } };
  }
  const [tenant, version, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0 || (version !== undefined && version !== 'v2.0'))
    return { problem: { message: 'must end with the tenant', hint: format } };
  const named = url.hostname.endsWith(externalIdSuffix)
    ? `${url.hostname.slice(0, -externalIdSuffix.length)}.onmicrosoft.com`
    : undefined;
  return {
    value: {
      origin: url.origin,
      host: url.host,
      tenant: tenant === undefined ? named : decoded(tenant),
      version: version === undefined ? '' : '/v2.0',
    },
  };
}
