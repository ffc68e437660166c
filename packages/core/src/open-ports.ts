import { completed, type ExternalSettings, isExternal } from './credential/external-settings.ts';
import type { Ports } from './ports.ts';
import type { Settings } from './settings/settings.ts';
import { readTrustedCertificates } from './settings/trusted-certificates.ts';
import { systemClock } from './system-clock.ts';
import { reportUnknownHosts } from './http/unknown-hosts.ts';

/**
 * The real ports, save those that are replaced. What was opened for them is added to `resources`.
 * @throws {SettingsError} when the file with certificate authorities cannot be read
 */
export async function openPorts(
  settings: Settings | ExternalSettings,
  replaced: Partial<Ports>,
  resources: AsyncDisposableStack,
): Promise<Ports> {
  const dispatch = replaced.dispatch ?? (await openDispatch());
  return {
    clock: systemClock,
    random: Math.random,
    log: () => {},
    ...replaced,
    dispatch: reportUnknownHosts(dispatch, settings),
  };

  async function openDispatch(): Promise<Ports['dispatch']> {
    const { createUndiciDispatch } = await import('./http/undici-dispatch.ts');
    const foreign = isExternal(settings);
    const { caFile, proxy, noProxy, limits } = foreign ? completed(settings) : settings;
    const source = foreign ? undefined : settings.sources.get('caFile');
    const ca = await readTrustedCertificates(caFile, source);
    return resources.use(
      createUndiciDispatch({ ca, proxy, noProxy, totalTimeout: limits.requestTimeout }),
    ).dispatch;
  }
}
