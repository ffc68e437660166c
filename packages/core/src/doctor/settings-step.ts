import { DeadlineError } from '../errors/deadline-error.ts';
import { checkQuery } from '../query/query-rules.ts';
import { withDefaults } from '../query/with-defaults.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import { readTrustedCertificates } from '../settings/read-trusted-certificates.ts';
import { endpointsOf, whyNoSignIn } from './endpoints.ts';
import type { Examined, Scenario, Step } from './step.ts';

/** A person waits for the result: enough retries for a connection that broke, too few for an outage. */
const fewRetries: RetryPolicy = { attempts: 3, base: 250, ceiling: 2_000, maxRetryAfter: 5_000 };

/** Aborts the remaining steps when the deadline of the settings has passed. */
function startDeadline(scenario: Scenario, { connection, ports }: Examined): void {
  const { deadline } = connection.limits;
  if (deadline === undefined) return;
  const finished = new AbortController();
  const late = new AbortController();
  scenario.resources.defer(() => finished.abort());
  ports.clock.sleep(deadline, finished.signal).then(
    () => late.abort(new DeadlineError('answer')),
    () => {},
  );
  scenario.signal =
    scenario.signal === undefined ? late.signal : AbortSignal.any([scenario.signal, late.signal]);
}

/** Opens the tenant without its token cache, because what is examined is whether a new token can be acquired. */
async function open(scenario: Scenario): Promise<Examined> {
  const opened = await scenario.open({
    ports: scenario.replaced,
    retryPolicy: fewRetries,
    useTokenCache: false,
  });
  scenario.resources.use(opened);
  const { connection, ports } = opened;
  const { network, sources } = connection;
  // Read also when the ports are replaced: a file that cannot be read is a problem of the settings.
  const ca = await readTrustedCertificates(network.caFile, sources.get('caFile'));
  const probe = scenario.probe ?? (await systemProbe());
  return { ...opened, probe, endpoints: endpointsOf(connection) };

  async function systemProbe() {
    const { createNetworkProbe } = await import('../http/network-probe.ts');
    return createNetworkProbe({ clock: ports.clock, ca });
  }
}

export const settingsStep: Step = {
  async examine(scenario) {
    const examined = await open(scenario);
    scenario.examined = examined;
    const { connection, warnings } = examined;
    const { tenant, cloud, application, credential, graph } = connection;
    checkQuery(withDefaults(scenario.query ?? {}, connection.query));
    startDeadline(scenario, examined);
    const client = application === undefined ? '' : `, application ${application.clientId}`;
    const kind =
      credential.kind === 'external' ? 'a credential that was passed in' : credential.kind;
    const where = cloud === 'custom' ? `Graph at ${graph.host}` : `cloud ${cloud}`;
    const message = `Tenant ${tenant}${client}, credential: ${kind}, ${where}.`;
    const facts = {
      tenant,
      cloud,
      credential: credential.kind,
      ...(application === undefined ? {} : { clientId: application.clientId }),
      ...(whyNoSignIn(connection) === undefined ? { authority: connection.authority.href } : {}),
      graph: graph.href,
    };
    const [first, ...others] = warnings;
    if (first === undefined) return { verdict: 'ok', message, facts };
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return {
      verdict: 'warning',
      message: `${message} ${first.path} (${first.source}) ${first.message}${more}.`,
      hint: first.remedy ?? first.hint,
      facts,
    };
  },
};
