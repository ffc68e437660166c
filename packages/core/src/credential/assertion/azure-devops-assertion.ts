import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialContext } from '../strategy.ts';
import { askIssuer } from './ask-issuer.ts';
import type { AssertionSource } from './assertion-source.ts';

const hint =
  'Map SYSTEM_ACCESSTOKEN: $(System.AccessToken) into the step, and let the pipeline use the service connection.';

/** Azure Pipelines' token for a service connection (Azure DevOps REST, "Oidctoken - Create", 7.1). */
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
        throw new CredentialError('Azure DevOps offers this step no OpenID Connect token.', hint);
      }
      const url = new URL(address);
      url.searchParams.set('api-version', '7.1');
      url.searchParams.set('serviceConnectionId', serviceConnection);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        // Without it an unauthorised call is redirected to a sign-in page.
        'x-tfs-fedauthredirect': 'Suppress',
      };
      const issuer = { name: 'Azure DevOps', field: 'oidcToken', hint };
      return askIssuer({ method: 'POST', url, headers, body: '', signal }, issuer, ports);
    },
  };
}
