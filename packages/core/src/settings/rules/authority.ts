import leven from 'leven';

import { clouds } from '../../cloud.ts';
import type { Checked } from '../report.ts';

/** Login host and what follows it, taken apart. */
export interface AuthorityParts {
  /** `https://login.microsoftonline.com` */
  readonly origin: string;
  /** Host with port. */
  readonly host: string;
  /** As it is written, decoded; absent when the URL ends with the host. */
  readonly tenant: string | undefined;
  /** `/v2.0` when the URL is an OpenID Connect issuer. */
  readonly version: '' | '/v2.0';
}

const shape =
  'Write https://HOST/TENANT, such as https://login.microsoftonline.com/contoso.onmicrosoft.com.';
const externalId = '.ciamlogin.com';

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

/** The known host that `host` was probably meant to be: a secret must not go to a host with a slip in its name. */
function meantHost(host: string): string | undefined {
  if (knownHosts.includes(host)) return undefined;
  return knownHosts.find((known) => leven(host, known, { maxDistance: 3 }) < 3);
}

/** Takes an authority apart and refuses what would carry the credential to the wrong place. Shows its host, never the rest. */
export function checkAuthority(text: string): Checked<AuthorityParts> {
  const url = URL.parse(text.trim());
  if (url === null || url.host === '') return { problem: { message: 'is not a URL', hint: shape } };
  if (url.protocol !== 'https:') {
    return {
      problem: {
        message: `is not https; the credential would cross the network in the clear`,
        hint: 'Write https:// before the host.',
      },
    };
  }
  if (url.username !== '' || url.password !== '') {
    const hint = 'Remove what stands before the @: an authority has no user name or password.';
    return { problem: { message: 'holds a user name or password', hint } };
  }
  if (url.search !== '' || url.hash !== '')
    return { problem: { message: 'has a query or a fragment', hint: shape } };
  const meant = meantHost(url.host);
  if (meant !== undefined) {
    const message = `names the host ${url.host}, which only resembles ${meant}`;
    return { problem: { message, hint: `Write https://${meant}/ and the tenant.` } };
  }
  const [tenant, version, ...rest] = url.pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0 || (version !== undefined && version !== 'v2.0'))
    return { problem: { message: 'has more after the tenant', hint: shape } };
  const named = url.hostname.endsWith(externalId)
    ? `${url.hostname.slice(0, -externalId.length)}.onmicrosoft.com`
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
