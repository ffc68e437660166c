import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { systemClock } from './clock.ts';
import { startControlServer } from './control/control-server.ts';
import { controlRoutes } from './control/control-routes.ts';
import { createChangeEngine } from './directory/change-engine.ts';
import { readGivenUsers } from './directory/given-users.ts';
import { createPeople } from './directory/people.ts';
import { createReplicas } from './directory/replicas.ts';
import { tellTruth } from './directory/truth.ts';
import { startHostileOrigin } from './hostile/hostile-origin.ts';
import { createFaultLedger } from './faults/fault-ledger.ts';
import { createFaultPlan } from './faults/fault-plan.ts';
import { createFaults } from './faults/faults.ts';
import { readFault } from './faults/read-fault.ts';
import { createGraphApi } from './graph/graph-api.ts';
import { readConditions, type Conditions } from './http/conditions.ts';
import { createBodyEncoder } from './http/body-encoder.ts';
import { answerFrom } from './http/answer-from.ts';
import { startOrigin, type OriginParts } from './origin/origin.ts';
import { requestClass } from './origin/request-class.ts';
import { createApplications } from './identity/tenant/application.ts';
import { createAssertionLog } from './identity/assertions/assertion-log.ts';
import { cloudHosts, graphResources } from './identity/tenant/cloud.ts';
import { derivedGuid } from './identity/derived-guid.ts';
import { defaultAudience } from './identity/assertions/federated-assertion.ts';
import { createFederatedIssuer } from './identity/assertions/federated-issuer.ts';
import { createIdentity } from './identity/identity.ts';
import { createManagedIdentity } from './identity/managed-identity/managed-identity.ts';
import { newSecret } from './identity/new-secret.ts';
import { createPipelines } from './identity/pipelines/pipelines.ts';
import { makeRsaPair } from './identity/tokens/rsa-pair.ts';
import { signingKey } from './identity/tokens/signing-key.ts';
import { createSigningKeys } from './identity/tokens/signing-keys.ts';
import { createJournal } from './journal/journal.ts';
import { createWaitLedger } from './journal/wait-ledger.ts';
import { federatedSubject, makeRegistrations } from './registrations.ts';
import { createBrokenOrigins } from './origin/broken-origins.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { withListenError } from './start-error.ts';

/** Returns a 32-bit number for a seed: a number that fits, or a hash of any other text. */
function numberOf(seed: string): number {
  if (/^\d{1,9}$/u.test(seed)) return Number(seed);
  return createHash('sha256').update(seed).digest().readUInt32BE(0);
}

/** Of the platform whose assertions the federated application trusts. */
const federatedIssuer = 'https://oidc.sandbox.example/cluster';

/**
 * Starts a tenant on loopback and resolves when it answers. `await using` or `stop()` ends it.
 * @throws {StartError} when a requested port cannot be opened; TypeError for a fault that does not exist
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const opened: Closable[] = [];
  try {
    return await startParts(options, opened);
  } catch (error) {
    // A listener that stays open would keep the process running after the error.
    await closeAll(opened);
    throw error;
  }
}

interface Closable {
  close(): Promise<void>;
}

async function closeAll(opened: readonly Closable[]): Promise<void> {
  await Promise.all(opened.map((one) => one.close()));
}

/** @param opened receives each listener as soon as it is open */
async function startParts(options: SandboxOptions, opened: Closable[]): Promise<Sandbox> {
  const opening = async <T extends Closable>(start: Promise<T>): Promise<T> => {
    const one = await start;
    opened.push(one);
    return one;
  };
  const clock = options.clock ?? systemClock;
  const seed = String(options.seed ?? 1);
  const seedNumber = numberOf(seed);
  const tenant = {
    id: (options.tenantId ?? derivedGuid('tenant', seed)).toLowerCase(),
    displayName: 'Contoso',
    domains: [options.tenantDomain ?? 'contoso.onmicrosoft.com'],
  };
  const plan = createFaultPlan(seedNumber, options.faults?.map(readFault));
  let conditions: Conditions = readConditions(options.conditions ?? {});
  const hostNames = [...cloudHosts, '*.ciamlogin.com', ...(options.hostNames ?? [])];
  // Slow things together: RSA pairs are made on other threads meanwhile.
  const [signingPair, registrations, { tls, authority, certificate }] = await Promise.all([
    makeRsaPair(),
    makeRegistrations(seed, new Date(clock.now()), federatedIssuer, options.permissions),
    import('./tls/certificates.ts').then(async (made) => {
      const trusted = await made.makeAuthority(new Date(clock.now()));
      return { tls: made, authority: trusted, certificate: await trusted.issue({ hostNames }) };
    }),
  ]);
  const applications = createApplications([
    ...registrations.applications,
    ...(options.applications ?? []),
  ]);
  const resources = [...graphResources, ...(options.resources ?? [])];
  const journal = createJournal(options.journalCapacity);
  const waits = createWaitLedger();
  const signingKeys = createSigningKeys(signingKey(signingPair));
  const platform = createFederatedIssuer(
    { issuer: federatedIssuer, subject: federatedSubject, audience: defaultAudience },
    () => clock.now(),
  );
  const pipelines = createPipelines(() => clock.now());
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
  const given = Array.isArray(options.users) ? readGivenUsers(options.users) : undefined;
  const peopleOptions = {
    users: given?.length ?? Number(options.users ?? 1_000),
    given,
    seed: seedNumber,
    tenantDomain: tenant.domains[0] ?? '',
    skew: options.skew,
    withoutCreatedDateTime: options.withoutCreatedDateTime,
    deletedUsers: options.deletedUsers,
    now: () => clock.now(),
  };
  const people = createPeople(peopleOptions);
  const replicas = createReplicas(people, peopleOptions, options.replicaLagSeconds);
  let url = '';
  const graph = createGraphApi({
    people,
    verifyAccessToken: identity.verifyAccessToken,
    origin: () => url,
    tenant,
    clock,
    seed: seedNumber,
    unsettled: options.graph,
    unitsPer10Seconds: options.unitsPer10Seconds,
    filteredTokenIdleSeconds: options.filteredTokenIdleSeconds,
    replicas,
  });
  const changes = createChangeEngine({ people, seed: seedNumber, clock });
  changes.setRate(options.changesPerSecond ?? 0);
  const identityHeader = newSecret();
  const managedIdentity = createManagedIdentity({
    tenant,
    applications,
    resources,
    clock,
    header: identityHeader,
    signingKey: () => signingKeys.current()[0] ?? signingKey(signingPair),
  });
  const ledger = createFaultLedger();
  const faults = createFaults(plan, ledger);
  const hostile = await opening(startHostileOrigin(certificate));
  const served: Omit<OriginParts, 'port' | 'handle' | 'certificate'> = {
    journal,
    waits,
    clock,
    classify: requestClass,
    hostNames,
    plan,
    ledger,
    places: { hostile: hostile.https, hostileHttp: hostile.http },
    conditions: () => conditions,
    encodeBody: createBodyEncoder(),
    random: Math.random,
    sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal, ref: false }),
  };
  const handle: OriginParts['handle'] = async (call, describe) =>
    requestClass(call.url.pathname) === 'graph'
      ? answerFrom(await graph.handle(call), url, call.url.origin)
      : (pipelines.handle(call) ?? identity.handle(call, describe));
  const broken = createBrokenOrigins({
    authority,
    makeAuthority: () => tls.makeAuthority(new Date(clock.now())),
    start: (flawed, maxVersion, requested) =>
      startOrigin({
        ...served,
        port: 0,
        certificate: flawed,
        maxVersion,
        handle: (call, describe) => {
          requested();
          return handle(call, describe);
        },
      }),
  });
  opened.push(broken);
  const { port = 0, controlPort = 0 } = options;
  const origin = await opening(
    withListenError('--port', port, startOrigin({ ...served, port, certificate, handle })),
  );
  const platformOrigin = await opening(
    startOrigin({ ...served, port: 0, handle: managedIdentity }),
  );
  ({ url } = origin);
  const sandbox: Omit<Sandbox, 'control' | 'stop' | typeof Symbol.asyncDispose> = {
    url,
    tenant: tenant.id,
    tenantDomain: tenant.domains[0] ?? '',
    authority: `${url}/${tenant.id}`,
    ca: authority.certificate,
    ...registrations.clients,
    federatedClient: { clientId: registrations.federatedClientId, ...platform },
    pipelines: pipelines.endpoints(url),
    managedIdentity: {
      imds: platformOrigin.url,
      appService: { endpoint: `${platformOrigin.url}/msi/token`, header: identityHeader },
      system: registrations.systemIdentity,
      user: registrations.userIdentity,
    },
    applications,
    rollKeys: (how) => signingKeys.roll(how),
    journal,
    waits,
    faults,
    hostile,
    changes,
    truth: () => tellTruth(people),
    throttle: graph.throttle,
    breakTls: (flaw) => broken.open(flaw),
    setConditions: (changed) => {
      conditions = readConditions(changed);
    },
  };
  const routes = controlRoutes({ sandbox, people, replicas, graph, conditions: () => conditions });
  const control = await opening(
    withListenError('--control-port', controlPort, startControlServer(controlPort, routes)),
  );
  const stop = async (): Promise<void> => {
    changes.stop();
    await closeAll(opened);
  };
  return { ...sandbox, control: control.url, stop, [Symbol.asyncDispose]: stop };
}
