import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialContext } from '../strategy.ts';
import { askIssuer } from './ask-issuer.ts';
import { exchangeAudience, type AssertionSource } from './assertion-source.ts';

const hint =
  'Give the job `permissions: { id-token: write }`; pull requests from forks never have it.';

/** GitHub Actions' token of the job (GitHub docs, "OpenID Connect reference"). */
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
        throw new CredentialError('GitHub Actions offers this job no OpenID Connect token.', hint);
      }
      const url = new URL(address);
      url.searchParams.set('audience', audience);
      const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
      const issuer = { name: 'GitHub Actions', field: 'value', hint };
      return askIssuer({ method: 'GET', url, headers, signal }, issuer, ports);
    },
  };
}
