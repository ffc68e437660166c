import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialContext } from '../strategy.ts';
import { requestAssertion } from './request-assertion.ts';
import { exchangeAudience, type AssertionSource } from './assertion-source.ts';

const hint =
  'Add `permissions: { id-token: write }` to the job. Pull requests from forks cannot have this permission.';

/** Returns the source of the OIDC token of a GitHub Actions job (GitHub docs, "OpenID Connect reference"). */
export function githubAssertion(
  { environment = process.env, ports }: CredentialContext,
  audience = exchangeAudience,
): AssertionSource {
  return {
    name: 'GitHub Actions',
    async read(signal) {
      const address = environment['ACTIONS_ID_TOKEN_REQUEST_URL'];
      const token = environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
      if (address === undefined || token === undefined || !URL.canParse(address)) {
        throw new CredentialError('GitHub Actions provides no OIDC token to this job.', hint);
      }
      const url = new URL(address);
      url.searchParams.set('audience', audience);
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      const issuer = { name: 'GitHub Actions', field: 'value', hint };
      return requestAssertion({ method: 'GET', url, headers, signal }, issuer, ports);
    },
  };
}
