import { checkedSettings, completed, isExternal } from '../credential/external-settings.ts';
import { externalCredential } from '../credential/external-credential.ts';
import { createBuiltInCredential } from '../credential/built-in-credential.ts';
import { DeadlineError } from '../errors/deadline-error.ts';
import { openPorts } from '../open-ports.ts';
import { checkQuery } from '../query/query-rules.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { readTrustedCertificates } from '../settings/trusted-certificates.ts';
import type { RetryPolicy } from '../retry/retry-decision.ts';
import { wireDirectory } from '../wire-directory.ts';
import { hopsOf } from './hops.ts';
import type { Case, Examined, Step } from './step.ts';

/** Somebody is waiting: enough for a connection that broke, not for an outage. */
const impatient: RetryPolicy = { attempts: 3, base: 250, ceiling: 2_000, maxRetryAfter: 5_000 };

/** Ends the examination when the time that the settings give has passed. */
function startDeadline(about: Case, { place, ports }: Pick<Examined, 'place' | 'ports'>): void {
  const { deadline } = place.limits;
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

/** Like `openDirectory`, but without a token cache: what is examined is whether a token can be had now. */
async function open(about: Case): Promise<Examined> {
  const settings = checkedSettings(await about.load());
  const own = isExternal(settings) ? undefined : settings;
  const place = isExternal(settings) ? completed(settings) : settings;
  const ports = await openPorts(settings, about.replaced, about.resources);
  const ca = await readTrustedCertificates(place.caFile, own?.sources.get('caFile'));
  const probe = about.probe ?? (await systemProbe());
  const credential = isExternal(settings)
    ? externalCredential(settings.credential, ports.clock)
    : await createBuiltInCredential(settings, ports, impatient);
  const provider = credential;
  const directory = wireDirectory({ settings, ports, provider, policy: impatient });
  about.resources.use(directory);
  return { place, own, credential, directory, ports, probe, hops: hopsOf(place, own) };

  async function systemProbe() {
    const { createNetworkProbe } = await import('../http/network-probe.ts');
    return createNetworkProbe({ clock: ports.clock, ca });
  }
}

export const settingsStep: Step = {
  async examine(about) {
    const examined = await open(about);
    about.examined = examined;
    checkQuery(withDefaults(about.query ?? {}, examined.own?.query));
    startDeadline(about, examined);
    const { place, own, credential } = examined;
    const { tenant, cloud } = place;
    const application =
      own === undefined || own.clientId === '' ? '' : `, application ${own.clientId}`;
    const by =
      own === undefined ? 'by a credential that was passed in' : `by ${own.credential.kind}`;
    const where = cloud === 'custom' ? `Graph at ${place.graph.host}` : `cloud ${cloud}`;
    const says = `Tenant ${tenant}${application}, ${by}, ${where}.`;
    const facts = {
      tenant,
      cloud,
      credential: credential.kind,
      ...(own === undefined ? {} : { clientId: own.clientId, authority: own.authority.href }),
      graph: place.graph.href,
    };
    const [first, ...others] = own?.warnings ?? [];
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
