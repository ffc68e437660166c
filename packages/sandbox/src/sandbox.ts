import type { Clock } from './clock.ts';
import type { TenantSkew } from './directory/tenant-skew.ts';
import type { ChangeEngine } from './directory/change-engine.ts';
import type { GivenUser } from './directory/given-users.ts';
import type { Truth } from './directory/truth.ts';
import type { ThrottleLedger } from './graph/throttle/throttle.ts';
import type { Unsettled } from './graph/unsettled.ts';
import type { HostileOrigin } from './hostile/hostile-origin.ts';
import type { Faults } from './faults/faults.ts';
import type { Fault } from './faults/kinds.ts';
import type { Conditions } from './http/conditions.ts';
import type { Application, Applications } from './identity/tenant/application.ts';
import type { PipelineEndpoints } from './identity/pipelines/pipelines.ts';
import type { FederatedIssuer, TrustedIssuer } from './identity/assertions/federated-issuer.ts';
import type { Resource } from './identity/tenant/resource.ts';
import type { BrokenOrigin, TlsFlaw } from './origin/broken-origins.ts';
import type { Journal } from './journal/journal.ts';
import type { WaitLedger } from './journal/wait-ledger.ts';

/** What a client needs to be one of the tenant's three applications. */
export interface SecretClient {
  readonly clientId: string;
  readonly secret: string;
}

export interface CertificateClient {
  readonly clientId: string;
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS#8. */
  readonly privateKey: string;
  /** SHA-1 of the certificate in hex, upper case: the quickstart's `thumbprint`. */
  readonly thumbprint: string;
}

/** Where a machine of the tenant gets tokens without a credential. Plain HTTP, as on a real one. */
export interface ManagedIdentityEndpoints {
  /** Origin to use in place of `http://169.254.169.254` (AZURE_POD_IDENTITY_AUTHORITY_HOST). */
  readonly imds: string;
  /** IDENTITY_ENDPOINT and IDENTITY_HEADER. */
  readonly appService: { readonly endpoint: string; readonly header: string };
  readonly system: Application;
  readonly user: Application & { readonly resourceId: string };
}

/** A running tenant. */
export interface Sandbox extends AsyncDisposable {
  /** Origin of both Entra (`/{tenant}/…`) and Graph (`/v1.0/…`), no slash at its end. */
  readonly url: string;
  /** Origin of the control port, plain HTTP. */
  readonly control: string;
  /** GUID. */
  readonly tenant: string;
  readonly tenantDomain: string;
  /** `{url}/{tenant}`: what MSAL calls the authority. */
  readonly authority: string;
  /** Certificate of the authority that signed the origin's, PEM. */
  readonly ca: string;
  /** May read users, by secret. */
  readonly secretClient: SecretClient;
  /** May read users, by certificate. */
  readonly certificateClient: CertificateClient;
  /** Authenticates with a secret, but no permission was granted: Graph responds with 403. */
  readonly noConsentClient: SecretClient;
  /** Right secret, but its time is over: 7000222. */
  readonly expiredSecretClient: SecretClient;
  /** May read users, by the assertion of a platform outside the tenant. */
  readonly federatedClient: FederatedIssuer & { readonly clientId: string };
  /** Where its jobs get assertions that the federated application takes too. */
  readonly pipelines: PipelineEndpoints;
  readonly managedIdentity: ManagedIdentityEndpoints;
  readonly applications: Applications;
  /** Lets a new key sign tokens; `withdraw` makes those of the old keys worthless. */
  rollKeys(options?: { readonly withdraw?: boolean | undefined }): Promise<void>;
  /**
   * Starts another origin of the tenant with a TLS fault.
   * @throws {TypeError} when `flaw` is unknown
   */
  breakTls(flaw: TlsFlaw): Promise<BrokenOrigin>;
  /** @throws {TypeError} */
  setConditions(conditions: Conditions): void;
  readonly journal: Journal;
  /** The requests that were sent before the `Retry-After` of an earlier response had passed. */
  readonly waits: WaitLedger;
  /** Switches for what goes wrong, and the proof that it did. */
  readonly faults: Faults;
  /** Where faults send a careless client. */
  readonly hostile: Pick<HostileOrigin, 'https' | 'http' | 'received' | 'clear'>;
  /** Changes the directory on demand or at a rate. */
  readonly changes: ChangeEngine;
  /** Who is in the directory now: what a listing is held against. */
  truth(): Truth;
  /** What Graph's throttling saw, and which clients sent a request before their Retry-After had passed. */
  throttle(): ThrottleLedger;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /**
   * How many users of the seed, at most 1,000,000; or the users themselves. A property that is not given has no value,
   * but for `id`, `userPrincipalName`, `createdDateTime`, `accountEnabled` and `userType`. 1,000 when absent.
   */
  readonly users?: number | readonly GivenUser[] | undefined;
  /** Makes the same people, tenant and application ids again. */
  readonly seed?: string | number | undefined;
  /** Of the HTTPS origin; 0, the default, takes any free one. */
  readonly port?: number | undefined;
  readonly controlPort?: number | undefined;
  /** GUID; made from the seed when absent. */
  readonly tenantId?: string | undefined;
  readonly tenantDomain?: string | undefined;
  /** Registered besides the three that are always there. */
  readonly applications?: readonly Application[] | undefined;
  /** Of access tokens, in seconds. */
  readonly tokenLifetime?: number | undefined;
  /** Answer 400 to an assertion whose `jti` was used before. MSAL Node does that; see docs/fidelity.md. */
  readonly refuseReplayedAssertions?: boolean | undefined;
  /** How many requests the journal keeps; 10,000 when absent. */
  readonly journalCapacity?: number | undefined;
  /** Set from the start. */
  readonly faults?: readonly Fault[] | undefined;
  readonly conditions?: Conditions | undefined;
  /** Names by which clients may call the origin besides loopback and the clouds' hosts, such as a custom domain. */
  readonly hostNames?: readonly string[] | undefined;
  /** APIs besides Graph that tokens can be asked for. */
  readonly resources?: readonly Resource[] | undefined;
  /** Platforms, besides the sandbox's own, whose assertions can be verified. */
  readonly issuers?: readonly TrustedIssuer[] | undefined;
  /** Answer 700211 to 700213, not 70021, to a federated assertion that matches no registration. */
  readonly federatedErrorsNameField?: boolean | undefined;
  readonly clock?: Clock | undefined;
  /** Graph's behaviour where no source settles it; see docs/fidelity.md. */
  readonly graph?: Partial<Unsettled> | undefined;
  /** Graph's limit for one application, in resource units; by the tenant's size when absent. */
  readonly unitsPer10Seconds?: number | undefined;
  /** Idle time after which page tokens of filtered default-mode lists expire, in seconds; never when absent. */
  readonly filteredTokenIdleSeconds?: number | undefined;
  /**
   * Seconds by which each copy of the directory lags, such as `[2, 5]`; each request for users is answered by one of
   * them. Without any the directory itself answers.
   */
  readonly replicaLagSeconds?: readonly number[] | undefined;
  /** Tenants whose users are unlike those of the average tenant; see `tenantSkews`. */
  readonly skew?: readonly TenantSkew[] | undefined;
  /** Share of users without `createdDateTime`, 0 to 1; 0.005 when absent. */
  readonly withoutCreatedDateTime?: number | undefined;
  /** Application permissions that an administrator consented to for every client, besides `User.Read.All`. */
  readonly permissions?: readonly string[] | undefined;
  /** How many more users were deleted in the last 30 days and can be restored; none when absent. */
  readonly deletedUsers?: number | undefined;
  /** Creations, updates, renames, removals, purges and restores a second while the tenant runs; none when absent. */
  readonly changesPerSecond?: number | undefined;
}
