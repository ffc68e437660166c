import { userReadAll, type Application } from './identity/application.ts';
import { derivedGuid } from './identity/derived-guid.ts';
import { newSecret } from './identity/new-secret.ts';
import { makeRsaPair } from './identity/rsa-pair.ts';
import type { CertificateClient, Sandbox } from './sandbox.ts';
import { makeClientCertificate, thumbprint } from './tls/certificates.ts';

export interface Registrations {
  readonly applications: readonly Application[];
  readonly clients: Pick<Sandbox, 'secretClient' | 'certificateClient' | 'noConsentClient'>;
}

/** One application of each kind. Ids follow from the seed; secrets and keys are new at every start. */
export async function makeRegistrations(seed: string, now: Date): Promise<Registrations> {
  const pair = await makeRsaPair();
  const key = await makeClientCertificate('rollcall-sandbox-client', pair, now);
  const named = (name: string, displayName: string) => ({
    clientId: derivedGuid('application', name, seed),
    objectId: derivedGuid('service principal', name, seed),
    displayName,
  });
  const withSecret = named('secret', 'Roll call with a secret');
  const withCertificate = named('certificate', 'Roll call with a certificate');
  const withoutConsent = named('no consent', 'Roll call without consent');
  const [secret, otherSecret] = [newSecret(), newSecret()];
  const certificateClient: CertificateClient = {
    clientId: withCertificate.clientId,
    ...key,
    thumbprint: thumbprint(key.certificate, 'sha1').toString('hex').toUpperCase(),
  };
  return {
    applications: [
      { ...withSecret, secrets: [{ value: secret }], roles: [userReadAll] },
      { ...withCertificate, certificates: [key.certificate], roles: [userReadAll] },
      { ...withoutConsent, secrets: [{ value: otherSecret }] },
    ],
    clients: {
      secretClient: { clientId: withSecret.clientId, secret },
      certificateClient,
      noConsentClient: { clientId: withoutConsent.clientId, secret: otherSecret },
    },
  };
}
