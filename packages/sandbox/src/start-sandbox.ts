import { startControlServer } from './control/control-server.ts';
import { controlRoutes } from './control/control-routes.ts';
import { tellTruth } from './directory/truth.ts';
import { createGraphApi } from './graph/graph-api.ts';
import { answerFrom } from './http/answer-from.ts';
import { requestClass } from './origin/request-class.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { createCertificates } from './start/create-certificates.ts';
import { createDirectory } from './start/create-directory.ts';
import { createIdentityParts } from './start/create-identity-parts.ts';
import { createListeners, type Listeners } from './start/listeners.ts';
import { openOrigins } from './start/open-origins.ts';
import { createTenantContext } from './start/tenant-context.ts';
import { withListenError } from './start-error.ts';

/**
 * Starts a tenant on loopback and resolves when it answers. `await using` or `stop()` ends it.
 * @throws {StartError} when a requested port cannot be opened; TypeError for options that are not valid
 * @example
 * await using tenant = await startSandbox({ users: 100 });
 * const { url, ca, secretClient } = tenant;
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const listeners = createListeners();
  try {
    return await startParts(options, listeners);
  } catch (error) {
    // A listener that stays open would keep the process running after the error.
    await listeners.closeAll();
    throw error;
  }
}

async function startParts(options: SandboxOptions, listeners: Listeners): Promise<Sandbox> {
  const context = createTenantContext(options);
  const { clock, tenant, tenantDomain } = context;
  const { people, replicas, changes } = createDirectory(options, context);
  const [{ identity, pipelines, members, ...platform }, certificates] = await Promise.all([
    createIdentityParts(options, context),
    createCertificates(options, context),
  ]);
  let url = '';
  const graph = createGraphApi({
    people,
    replicas,
    verifyAccessToken: identity.verifyAccessToken,
    origin: () => url,
    tenant,
    clock,
    seed: context.seedNumber,
    unsettled: options.graph,
    unitsPer10Seconds: options.unitsPer10Seconds,
    filteredTokenIdleSeconds: options.filteredTokenIdleSeconds,
  });
  const origins = await openOrigins(options, context, listeners, certificates, {
    handlePlatform: platform.handleManagedIdentity,
    handle: async (call, describe) =>
      requestClass(call.url.pathname) === 'graph'
        ? answerFrom(await graph.handle(call), url, call.url.origin)
        : (pipelines.handle(call) ?? identity.handle(call, describe)),
  });
  ({ url } = origins.origin);
  const { ca, journal, waits, faults, hostile, broken, conditions, setConditions } = origins;
  const sandbox: Omit<Sandbox, 'control' | 'stop' | typeof Symbol.asyncDispose> = {
    url,
    tenant: tenant.id,
    tenantDomain,
    authority: `${url}/${tenant.id}`,
    ca,
    ...members,
    pipelines: pipelines.endpoints(url),
    managedIdentity: platform.managedIdentityOf(origins.platform.url),
    journal,
    waits,
    faults,
    hostile,
    changes,
    truth: () => tellTruth(people),
    throttle: graph.throttle,
    breakTls: (flaw) => broken.open(flaw),
    setConditions,
  };
  const routes = controlRoutes({ sandbox, people, replicas, graph, conditions });
  const { controlPort = 0 } = options;
  const started = startControlServer(controlPort, routes);
  const control = await listeners.open(withListenError('--control-port', controlPort, started));
  const stop = async (): Promise<void> => {
    changes.stop();
    await listeners.closeAll();
  };
  return { ...sandbox, control: control.url, stop, [Symbol.asyncDispose]: stop };
}
