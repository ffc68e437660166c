import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialContext } from '../strategy.ts';
import { requestAssertion } from './request-assertion.ts';
import type { AssertionSource } from './assertion-source.ts';

const hint =
  'Add SYSTEM_ACCESSTOKEN: $(System.AccessToken) to the env of the step, and allow the pipeline to use the service connection.';

/**
 * Returns the source of Azure Pipelines' OIDC token for a service connection (Azure DevOps REST API 7.1, "Oidctoken -
 * Create").
 */
export function azureDevopsAssertion(
  serviceConnection: string,
  { environment = process.env, ports }: CredentialContext,
): AssertionSource {
  return {
    name: 'Azure DevOps',
    async read(signal) {
      const address = environment['SYSTEM_OIDCREQUESTURI'];
      const token = environment['SYSTEM_ACCESSTOKEN'];
      if (address === undefined || token === undefined || !URL.canParse(address)) {
        throw new CredentialError('Azure DevOps provides no OIDC token to this step.', hint);
      }
      const url = new URL(address);
      url.searchParams.set('api-version', '7.1');
      url.searchParams.set('serviceConnectionId', serviceConnection);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // Without this header, a request with an invalid token is redirected to a sign-in page.
        'x-tfs-fedauthredirect': 'Suppress',
      };
      const issuer = { name: 'Azure DevOps', field: 'oidcToken', hint };
      return requestAssertion({ method: 'POST', url, headers, body: '', signal }, issuer, ports);
    },
  };
}
