import { Secret } from '../../secret.ts';
import { clientCertificate } from './client-certificate.ts';
import { clientSecret } from './client-secret.ts';
import type { Credential } from '../credential.ts';
import { federated } from './federated.ts';
import { credentialWithContext } from '../credential-with-context.ts';
import { managedIdentity } from './managed-identity.ts';
import type { CredentialContext } from '../strategy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Offer {
  readonly credential: Credential;
  /** Offered without any sign that it is there. */
  readonly guess: boolean;
}

interface Candidate {
  readonly name: string;
  /** A credential, or why there is none. */
  offer(environment: Environment, context: CredentialContext): Offer | string;
}

/** A candidate that needs the variables `names`, and an application to be. */
function certain(
  name: string,
  names: readonly string[],
  create: (environment: Environment, context: CredentialContext) => Credential,
): Candidate {
  return {
    name,
    offer(environment, context) {
      const missing = names.filter((each) => (environment[each] ?? '') === '');
      if (missing.length > 0) return `${missing.join(' and ')} not set.`;
      if (context.clientId === '') return 'clientId (AZURE_CLIENT_ID) not set.';
      return { credential: create(environment, context), guess: false };
    },
  };
}

function certificateOptions(environment: Environment) {
  const password = environment['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
  return {
    password: password === undefined ? undefined : new Secret(password),
    sendChain: /^(?:1|true)$/iu.test(environment['AZURE_CLIENT_SEND_CERTIFICATE_CHAIN'] ?? ''),
  };
}

function certificateIn(file: string, environment: Environment, context: CredentialContext) {
  const settings = { file, ...certificateOptions(environment) };
  return credentialWithContext(clientCertificate.createCredential(settings, context), [file]);
}

/** What `auto` tries, in this order: what somebody set on purpose first, what the platform gives last. */
export const autoCandidates: readonly Candidate[] = [
  certain('client-secret', ['AZURE_CLIENT_SECRET'], (environment, context) =>
    clientSecret.createCredential(
      { secret: new Secret(environment['AZURE_CLIENT_SECRET'] ?? '') },
      context,
    ),
  ),
  certain('client-certificate', ['AZURE_CLIENT_CERTIFICATE_PATH'], (environment, context) =>
    certificateIn(environment['AZURE_CLIENT_CERTIFICATE_PATH'] ?? '', environment, context),
  ),
  certain('client-certificate, by value', ['AZURE_CLIENT_CERTIFICATE'], (environment, context) =>
    clientCertificate.createCredential(
      {
        content: new Secret(environment['AZURE_CLIENT_CERTIFICATE'] ?? ''),
        ...certificateOptions(environment),
      },
      context,
    ),
  ),
  certain('federated, by file', ['AZURE_FEDERATED_TOKEN_FILE'], (_, context) =>
    federated.createCredential({ kubernetes: true }, context),
  ),
  certain(
    'federated, by GitHub Actions',
    ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'],
    (_, context) => federated.createCredential({ github: true }, context),
  ),
  certain(
    'federated, by Azure DevOps',
    ['SYSTEM_OIDCREQUESTURI', 'SYSTEM_ACCESSTOKEN', 'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'],
    (environment, context) =>
      federated.createCredential(
        { azureDevops: environment['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'] },
        context,
      ),
  ),
  {
    name: 'managed-identity',
    // As DefaultAzureCredential does: the application that is named, or nobody is and it is the machine's own.
    offer: (_, context) => ({
      credential: managedIdentity.createCredential(
        context.clientId === '' ? {} : { clientId: context.clientId },
        context,
      ),
      guess: true,
    }),
  },
];
