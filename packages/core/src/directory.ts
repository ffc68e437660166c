import { adminConsentUrl } from './credential/admin-consent-url.ts';
import { foreignCredential } from './credential/foreign-credential.ts';
import { completed, type ForeignSettings, isForeign } from './credential/foreign-settings.ts';
import type { Ports } from './ports.ts';
import { type GivenSettings, parseSettings } from './settings/parse-settings.ts';
import type { Settings } from './settings/settings.ts';
import { readTrustedCertificates } from './settings/trusted-certificates.ts';
import { systemClock } from './system-clock.ts';
import { type DirectoryCredential, directoryCredential } from './token/directory-credential.ts';
import { ownSupply } from './token/own-supply.ts';
import { createTokenSource } from './token/token-source.ts';
import { createDeadline } from './transport/deadline.ts';
import { refuseMisnamedHosts } from './transport/misnamed-hosts.ts';
import { createTransport } from './transport/transport.ts';
import { createUsers } from './users/create-users.ts';
import type { Users } from './users/users.ts';

/** One tenant, opened with one application's credential. */
export interface Directory extends AsyncDisposable {
  readonly users: Users;
  readonly credential: DirectoryCredential;
}

function checked(given: Settings | GivenSettings | ForeignSettings): Settings | ForeignSettings {
  return isForeign(given) || 'sources' in given ? given : parseSettings(given);
}

/**
 * Opens one tenant. Nothing is sent before the first question. Dispose of it when done: connections are kept alive
 * until then.
 * @param replaced ports to put in the place of the real ones: a log, above all, which is silent otherwise
 * @param given checked settings, plain ones to check, or somebody else's credential and what goes with it
 * @throws {SettingsError} when plain settings cannot be used, or the file with certificate authorities not be read
 */
export async function openDirectory(
  given: Settings | GivenSettings | ForeignSettings,
  replaced: Partial<Ports> = {},
): Promise<Directory> {
  const settings = checked(given);
  const foreign = isForeign(settings);
  const { tenant, cloud, scopes, graph, proxy, noProxy, caFile, limits } = foreign
    ? completed(settings)
    : settings;
  await using opened = new AsyncDisposableStack();
  const dispatch = replaced.dispatch ?? (await openDispatch());
  const ports: Ports = {
    clock: systemClock,
    random: Math.random,
    log: () => {},
    ...replaced,
    dispatch: refuseMisnamedHosts(dispatch, settings),
  };

  async function openDispatch(): Promise<Ports['dispatch']> {
    const { createUndiciDispatch } = await import('./transport/undici-dispatch.ts');
    const ca = await readTrustedCertificates(
      caFile,
      foreign ? undefined : settings.sources.get('caFile'),
    );
    return opened.use(
      createUndiciDispatch({ ca, proxy, noProxy, totalTimeout: limits.requestTimeout }),
    ).dispatch;
  }

  const tokens = opened.use(
    createTokenSource(
      foreign
        ? foreignCredential(settings.credential, ports.clock)
        : await ownSupply(settings, ports, opened),
      ports,
    ),
  );
  // Nobody can consent by an address to an application that only the platform can name.
  const consentUrl =
    foreign || settings.clientId === '' ? undefined : adminConsentUrl(settings).href;
  const transport = createTransport({
    ports,
    tokens,
    scopes,
    origin: graph.origin,
    limits,
    adminConsentUrl: consentUrl,
  });
  const startDeadline = () => createDeadline(ports.clock, limits.deadline);
  const resources = opened.move();
  return {
    users: createUsers({
      transport,
      root: graph,
      listed: { tenant, cloud },
      ports,
      startDeadline,
      adminConsentUrl: consentUrl,
      defaults: foreign ? undefined : settings.query,
    }),
    credential: directoryCredential(tokens, startDeadline),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
