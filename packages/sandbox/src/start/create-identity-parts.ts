import { createApplications, type Applications } from '../identity/tenant/application.ts';
import { createAssertionLog } from '../identity/assertions/assertion-log.ts';
import { graphResources } from '../identity/tenant/cloud.ts';
import { defaultAudience } from '../identity/assertions/federated-assertion.ts';
import { createFederatedIssuer } from '../identity/assertions/federated-issuer.ts';
import { createIdentity } from '../identity/identity.ts';
import { createManagedIdentity } from '../identity/managed-identity/managed-identity.ts';
import { newSecret } from '../identity/new-secret.ts';
import { createPipelines } from '../identity/pipelines/pipelines.ts';
import { makeRsaPair } from '../identity/tokens/rsa-pair.ts';
import { signingKey } from '../identity/tokens/signing-key.ts';
import { createSigningKeys } from '../identity/tokens/signing-keys.ts';
import type { Sandbox, SandboxOptions } from '../sandbox.ts';
import { federatedSubject, makeRegistrations } from './registrations.ts';
import type { TenantContext } from './tenant-context.ts';

/** Of the platform whose assertions the federated application trusts. */
const federatedIssuer = 'https://oidc.sandbox.example/cluster';

/** The members of a sandbox that are about its applications. */
type IdentityMembers = Pick<
  Sandbox,
  | 'applications'
  | 'certificateClient'
  | 'expiredSecretClient'
  | 'federatedClient'
  | 'noConsentClient'
  | 'rollKeys'
  | 'secretClient'
>;

/** Everything that issues tokens or assertions. */
export interface IdentityParts {
  readonly members: IdentityMembers;
  readonly identity: ReturnType<typeof createIdentity>;
  readonly pipelines: ReturnType<typeof createPipelines>;
  readonly handleManagedIdentity: ReturnType<typeof createManagedIdentity>;
  /** @param origin of the platform's endpoints */
  managedIdentityOf(origin: string): Sandbox['managedIdentity'];
}

/** Registers the applications and makes their keys. */
export async function createIdentityParts(
  options: SandboxOptions,
  { clock, tenant, seed }: TenantContext,
): Promise<IdentityParts> {
  // RSA pairs are made on other threads meanwhile.
  const [signingPair, registrations] = await Promise.all([
    makeRsaPair(),
    makeRegistrations(seed, new Date(clock.now()), federatedIssuer, options.permissions),
  ]);
  const applications: Applications = createApplications([
    ...registrations.applications,
    ...(options.applications ?? []),
  ]);
  const resources = [...graphResources, ...(options.resources ?? [])];
  const signingKeys = createSigningKeys(signingKey(signingPair));
  const now = (): number => clock.now();
  const platform = createFederatedIssuer(
    { issuer: federatedIssuer, subject: federatedSubject, audience: defaultAudience },
    now,
  );
  const pipelines = createPipelines(now);
  const identity = createIdentity({
    tenant,
    applications,
    resources,
    assertionLog: createAssertionLog(options.refuseReplayedAssertions ?? false),
    lifetimes: { ordinarySeconds: options.tokenLifetime ?? 3_600, continuousSeconds: 86_400 },
    federation: {
      issuer: async (name) =>
        name === platform.issuer
          ? platform.trusted()
          : ((await pipelines.trusted(name)) ??
            options.issuers?.find(({ issuer }) => issuer === name)),
      namesField: options.federatedErrorsNameField ?? false,
    },
    clock,
    signingKeys: () => signingKeys.current(),
  });
  const header = newSecret();
  const handleManagedIdentity = createManagedIdentity({
    tenant,
    applications,
    resources,
    clock,
    header,
    signingKey: () => signingKeys.current()[0] ?? signingKey(signingPair),
  });
  return {
    members: {
      ...registrations.clients,
      federatedClient: { clientId: registrations.federatedClientId, ...platform },
      applications,
      rollKeys: (how) => signingKeys.roll(how),
    },
    identity,
    pipelines,
    handleManagedIdentity,
    managedIdentityOf: (origin) => ({
      imds: origin,
      appService: { endpoint: `${origin}/msi/token`, header },
      system: registrations.systemIdentity,
      user: registrations.userIdentity,
    }),
  };
}
