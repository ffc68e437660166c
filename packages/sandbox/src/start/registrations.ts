import { userReadAll, type Application } from '../identity/tenant/application.ts';
import { derivedGuid } from '../identity/derived-guid.ts';
import { pipelineCredentials } from '../identity/pipelines/pipelines.ts';
import { newSecret } from '../identity/new-secret.ts';
import { makeRsaPair } from '../identity/tokens/rsa-pair.ts';
import type { CertificateClient, Sandbox } from '../sandbox.ts';
import { thumbprint } from '../tls/thumbprint.ts';

export interface Registrations {
  readonly applications: readonly Application[];
  readonly clients: Pick<
    Sandbox,
    'secretClient' | 'certificateClient' | 'noConsentClient' | 'expiredSecretClient'
  >;
  readonly federatedClientId: string;
  readonly systemIdentity: Application;
  readonly userIdentity: Application & { readonly resourceId: string };
}

/** The subject of the tokens that the cluster issues to its workload. */
export const federatedSubject = 'system:serviceaccount:rollcall:daemon';

/**
 * One application of each kind. Ids follow from the seed; secrets and keys are new at every start.
 * @param issuer of the federated application's assertions
 * @param permissions application permissions besides the one to read users
 */
export async function makeRegistrations(
  seed: string,
  now: Date,
  issuer: string,
  permissions: readonly string[] = [],
): Promise<Registrations> {
  // The X.509 library is slow to load: it is loaded while other threads generate the key pair.
  const [pair, { makeClientCertificate }] = await Promise.all([
    makeRsaPair(),
    import('../tls/certificates.ts'),
  ]);
  const key = await makeClientCertificate('rollcall-sandbox-client', pair, now);
  const named = (name: string, displayName: string) => ({
    clientId: derivedGuid('application', name, seed),
    objectId: derivedGuid('service principal', name, seed),
    displayName,
  });
  const withSecret = named('secret', 'Rollcall with a secret');
  const withCertificate = named('certificate', 'Rollcall with a certificate');
  const withoutConsent = named('no consent', 'Rollcall without consent');
  const withOldSecret = named('expired', 'Rollcall with an expired secret');
  const federated = named('federated', 'Rollcall in a cluster');
  const roles = [...new Set([userReadAll, ...permissions])];
  const resourceId =
    '/subscriptions/00000000-0000-4000-8000-000000000000/resourcegroups/rollcall/providers/Microsoft.ManagedIdentity/userAssignedIdentities/rollcall';
  const systemIdentity: Application = {
    ...named('system identity', 'Machine of the sandbox'),
    roles,
    managedIdentity: 'system',
  };
  const userIdentity = {
    ...named('user identity', 'Identity assigned to the machine'),
    roles,
    managedIdentity: { resourceId },
  };
  const [secret, otherSecret, oldSecret] = [newSecret(), newSecret(), newSecret()];
  const certificateClient: CertificateClient = {
    clientId: withCertificate.clientId,
    ...key,
    thumbprint: thumbprint(key.certificate, 'sha1').toString('hex').toUpperCase(),
  };
  return {
    applications: [
      { ...withSecret, secrets: [{ value: secret }], roles },
      { ...withCertificate, certificates: [key.certificate], roles },
      { ...withoutConsent, secrets: [{ value: otherSecret }] },
      { ...withOldSecret, secrets: [{ value: oldSecret, expires: now }], roles },
      {
        ...federated,
        federated: [{ issuer, subject: federatedSubject }, ...pipelineCredentials],
        roles,
      },
      systemIdentity,
      userIdentity,
    ],
    clients: {
      secretClient: { clientId: withSecret.clientId, secret },
      certificateClient,
      noConsentClient: { clientId: withoutConsent.clientId, secret: otherSecret },
      expiredSecretClient: { clientId: withOldSecret.clientId, secret: oldSecret },
    },
    federatedClientId: federated.clientId,
    systemIdentity,
    userIdentity: { ...userIdentity, resourceId },
  };
}
