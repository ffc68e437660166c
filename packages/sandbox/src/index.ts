export { startSandbox } from './start-sandbox.ts';
export type {
  CertificateClient,
  ManagedIdentityEndpoints,
  Sandbox,
  SandboxOptions,
  SecretClient,
} from './sandbox.ts';
export type {
  Application,
  Applications,
  ApplicationSecret,
  FederatedCredential,
} from './identity/tenant/application.ts';
export type { CredentialKind, Entry, RequestClass } from './journal/entry.ts';
export type { Journal, JournalCounts } from './journal/journal.ts';
export type { EarlyRequest, WaitLedger, Waits } from './journal/wait-ledger.ts';
export type { Clock } from './clock.ts';
export type { GivenUser } from './directory/given-users.ts';
export type { TenantSkew } from './directory/tenant-skew.ts';
export type { HostileRequests } from './hostile/hostile-origin.ts';
export type { FaultEvent } from './faults/fault-ledger.ts';
export type { Faults } from './faults/faults.ts';
export type { Fault, FaultKindName } from './faults/kinds.ts';
export type { Conditions } from './http/conditions.ts';
export type { FederatedIssuer, TrustedIssuer } from './identity/assertions/federated-issuer.ts';
export type { PipelineEndpoints } from './identity/pipelines/pipelines.ts';
export type { AssertionFacts } from './journal/entry.ts';
export type { Resource } from './identity/tenant/resource.ts';
export type { BrokenOrigin, TlsFlaw } from './origin/broken-origins.ts';
