import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import { systemClock } from './clock.ts';
import { jsonAnswer, startControlServer } from './control/control-server.ts';
import { startEvilOrigin } from './evil/evil-origin.ts';
import { createFaultLedger } from './faults/fault-ledger.ts';
import { createFaultPlan } from './faults/fault-plan.ts';
import { faultRoutes } from './faults/fault-routes.ts';
import { createFaults } from './faults/faults.ts';
import { readFault } from './faults/read-fault.ts';
import { readConditions, type Conditions } from './http/conditions.ts';
import { createChangeEngine } from './directory/change-engine.ts';
import { directoryRoutes } from './directory/directory-routes.ts';
import { createPeople } from './directory/people.ts';
import { tellTruth } from './directory/truth.ts';
import { createGraphApi } from './graph/graph-api.ts';
import { startOrigin } from './http/origin.ts';
import { requestClass } from './http/request-class.ts';
import { createApplications } from './identity/application.ts';
import { createAssertionLog } from './identity/assertion-log.ts';
import { derivedGuid } from './identity/derived-guid.ts';
import { createIdentity } from './identity/identity.ts';
import { makeRsaPair } from './identity/rsa-pair.ts';
import { microsoftGraph } from './identity/resource.ts';
import { signingKey } from './identity/signing-key.ts';
import { createJournal } from './journal/journal.ts';
import { journalRoutes } from './journal/journal-routes.ts';
import { makeRegistrations } from './registrations.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { makeServerCertificate } from './tls/certificates.ts';

/** A 32-bit number for a seed in words; a number that fits stands for itself. */
function numberOf(seed: string): number {
  if (/^\d{1,9}$/u.test(seed)) return Number(seed);
  return createHash('sha256').update(seed).digest().readUInt32BE(0);
}

/**
 * Starts a tenant on loopback and resolves when it answers. `await using` or `stop()` ends it.
 * @throws the listen error, when a port that was asked for is taken
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? systemClock;
  const seed = String(options.seed ?? 1);
  const tenant = {
    id: (options.tenantId ?? derivedGuid('tenant', seed)).toLowerCase(),
    displayName: 'Contoso',
    domains: [options.tenantDomain ?? 'contoso.onmicrosoft.com'],
  };
  // Slow things together: RSA pairs are made on other threads meanwhile.
  const [signingPair, registrations, certificate] = await Promise.all([
    makeRsaPair(),
    makeRegistrations(seed, new Date(clock.now())),
    makeServerCertificate(new Date(clock.now())),
  ]);
  const applications = createApplications([
    ...registrations.applications,
    ...(options.applications ?? []),
  ]);
  const journal = createJournal(options.journalCapacity);
  const signingKeys = [signingKey(signingPair)];
  const identity = createIdentity({
    tenant,
    applications,
    resources: [microsoftGraph],
    assertionLog: createAssertionLog(options.refuseReplayedAssertions ?? false),
    lifetimes: { ordinarySeconds: options.tokenLifetime ?? 3_600, continuousSeconds: 86_400 },
    clock,
    signingKeys: () => signingKeys,
  });
  const people = createPeople({
    users: options.users ?? 1_000,
    seed: numberOf(seed),
    tenantDomain: tenant.domains[0] ?? '',
  });
  let url = '';
  const graph = createGraphApi({
    people,
    verifyAccessToken: identity.verifyAccessToken,
    origin: () => url,
    tenant,
    clock,
    seed: numberOf(seed),
    unsettled: options.graph,
    unitsPer10Seconds: options.unitsPer10Seconds,
  });
  const changes = createChangeEngine({ people, seed: numberOf(seed), clock });
  changes.setRate(options.changesPerSecond ?? 0);
  const plan = createFaultPlan(numberOf(seed), options.faults?.map(readFault));
  const ledger = createFaultLedger();
  const faults = createFaults(plan, ledger);
  const evil = await startEvilOrigin(certificate);
  let conditions: Conditions = options.conditions ?? {};
  const origin = await startOrigin({
    port: options.port ?? 0,
    certificate,
    journal,
    clock,
    classify: requestClass,
    hostNames: [],
    plan,
    ledger,
    places: { evil: evil.https, evilHttp: evil.http },
    conditions: () => conditions,
    random: Math.random,
    sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal, ref: false }),
    handle: (call, describe) =>
      requestClass(call.url.pathname) === 'graph'
        ? graph.handle(call)
        : identity.handle(call, describe),
  });
  ({ url } = origin);
  const control = await startControlServer(options.controlPort ?? 0, {
    ...journalRoutes(journal),
    ...faultRoutes(faults, evil),
    ...directoryRoutes({ people, changes, throttle: graph.throttle }),
    'GET /conditions': () => jsonAnswer(conditions),
    'POST /conditions': ({ body }) => {
      conditions = readConditions(body);
      return jsonAnswer(conditions);
    },
  });
  const stop = async (): Promise<void> => {
    changes.stop();
    await Promise.all([origin.close(), control.close(), evil.close()]);
  };
  return {
    url,
    control: control.url,
    tenant: tenant.id,
    tenantDomain: tenant.domains[0] ?? '',
    authority: `${url}/${tenant.id}`,
    ca: certificate.authority,
    ...registrations.clients,
    applications,
    journal,
    faults,
    evil,
    changes,
    truth: () => tellTruth(people),
    throttle: graph.throttle,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
