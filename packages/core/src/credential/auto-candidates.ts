import { Secret } from '../secret.ts';
import { clientCertificate } from './client-certificate.ts';
import { clientSecret } from './client-secret.ts';
import type { Credential } from './credential.ts';
import { federated } from './federated.ts';
import { managedIdentity } from './managed-identity.ts';
import type { CredentialContext } from './strategy.ts';

type Environment = Readonly<Record<string, string | undefined>>;

interface Offer {
  readonly credential: Credential;
  /** Offered without any sign that it is there: when it turns out not to be, the next one is tried. */
  readonly guess: boolean;
}

interface Candidate {
  readonly name: string;
  /** A credential, or why there is none. */
  offer(environment: Environment, context: CredentialContext): Offer | string;
}

function certain(credential: Credential): Offer {
  return { credential, guess: false };
}

function absent(environment: Environment, ...names: readonly string[]): string | undefined {
  const missing = names.filter((name) => (environment[name] ?? '') === '');
  return missing.length === 0 ? undefined : `${missing.join(' and ')} not set.`;
}

/** What `auto` tries, in this order: what somebody set on purpose first, what the platform gives last. */
export const autoCandidates: readonly Candidate[] = [
  {
    name: 'client-secret',
    offer: (environment, context) =>
      absent(environment, 'AZURE_CLIENT_SECRET') ??
      certain(
        clientSecret.createCredential(
          { secret: new Secret(environment['AZURE_CLIENT_SECRET'] ?? '') },
          context,
        ),
      ),
  },
  {
    name: 'client-certificate',
    offer: (environment, context) =>
      absent(environment, 'AZURE_CLIENT_CERTIFICATE_PATH') ??
      certain(
        clientCertificate.createCredential(
          {
            file: environment['AZURE_CLIENT_CERTIFICATE_PATH'],
            password:
              environment['AZURE_CLIENT_CERTIFICATE_PASSWORD'] === undefined
                ? undefined
                : new Secret(environment['AZURE_CLIENT_CERTIFICATE_PASSWORD']),
            sendChain: /^(?:1|true)$/iu.test(
              environment['AZURE_CLIENT_SEND_CERTIFICATE_CHAIN'] ?? '',
            ),
          },
          context,
        ),
      ),
  },
  {
    name: 'federated, by file',
    offer: (environment, context) =>
      absent(environment, 'AZURE_FEDERATED_TOKEN_FILE') ??
      certain(federated.createCredential({ kubernetes: true }, context)),
  },
  {
    name: 'federated, by GitHub Actions',
    offer: (environment, context) =>
      absent(environment, 'ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN') ??
      certain(federated.createCredential({ github: true }, context)),
  },
  {
    name: 'federated, by Azure DevOps',
    offer: (environment, context) =>
      absent(
        environment,
        'SYSTEM_OIDCREQUESTURI',
        'SYSTEM_ACCESSTOKEN',
        'AZURESUBSCRIPTION_SERVICE_CONNECTION_ID',
      ) ??
      certain(
        federated.createCredential(
          { azureDevops: environment['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'] },
          context,
        ),
      ),
  },
  {
    name: 'managed-identity',
    offer: (_, context) => ({
      credential: managedIdentity.createCredential({}, context),
      guess: true,
    }),
  },
];
