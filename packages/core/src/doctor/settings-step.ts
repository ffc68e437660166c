import { DeadlineError } from '../errors/deadline-error.ts';
import { checkQuery } from '../query/query-rules.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { readTrustedCertificates } from '../settings/trusted-certificates.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import { hopsOf, whyNoSignIn } from './hops.ts';
import type { Case, Examined, Step } from './step.ts';

/** Somebody is waiting: enough for a connection that broke, not for an outage. */
const impatient: RetryPolicy = { attempts: 3, base: 250, ceiling: 2_000, maxRetryAfter: 5_000 };

/** Ends the examination when the time that the settings give has passed. */
function startDeadline(about: Case, { connection, ports }: Examined): void {
  const { deadline } = connection.limits;
  if (deadline === undefined) return;
  const over = new AbortController();
  const late = new AbortController();
  about.resources.defer(() => over.abort());
  ports.clock.sleep(deadline, over.signal).then(
    () => late.abort(new DeadlineError('answer', { hint: 'Give more time with --deadline.' })),
    () => {},
  );
  about.signal =
    about.signal === undefined ? late.signal : AbortSignal.any([about.signal, late.signal]);
}

/** Opens the tenant without its token cache, because what is examined is whether a new token can be acquired. */
async function open(about: Case): Promise<Examined> {
  const opened = await about.open({
    ports: about.replaced,
    retryPolicy: impatient,
    useTokenCache: false,
  });
  about.resources.use(opened);
  const { connection, ports } = opened;
  const { network, sources } = connection;
  // Read also when the ports are replaced: a file that cannot be read is a problem of the settings.
  const ca = await readTrustedCertificates(network.caFile, sources.get('caFile'));
  const probe = about.probe ?? (await systemProbe());
  return { ...opened, probe, hops: hopsOf(connection) };

  async function systemProbe() {
    const { createNetworkProbe } = await import('../http/network-probe.ts');
    return createNetworkProbe({ clock: ports.clock, ca });
  }
}

export const settingsStep: Step = {
  async examine(about) {
    const examined = await open(about);
    about.examined = examined;
    const { connection, warnings } = examined;
    const { tenant, cloud, application, credential, graph } = connection;
    checkQuery(withDefaults(about.query ?? {}, connection.query));
    startDeadline(about, examined);
    const which = application === undefined ? '' : `, application ${application.clientId}`;
    const by = credential.kind === 'external' ? 'a credential that was passed in' : credential.kind;
    const where = cloud === 'custom' ? `Graph at ${graph.host}` : `cloud ${cloud}`;
    const says = `Tenant ${tenant}${which}, credential: ${by}, ${where}.`;
    const facts = {
      tenant,
      cloud,
      credential: credential.kind,
      ...(application === undefined ? {} : { clientId: application.clientId }),
      ...(whyNoSignIn(connection) === undefined ? { authority: connection.authority.href } : {}),
      graph: graph.href,
    };
    const [first, ...others] = warnings;
    if (first === undefined) return { verdict: 'ok', says, facts };
    const more =
      others.length === 0 ? '' : ` (and ${others.length} more: \`rollcall config check\`)`;
    return {
      verdict: 'warning',
      says: `${says} ${first.path} (${first.source}) ${first.message}${more}.`,
      remedy: first.hint,
      facts,
    };
  },
};
