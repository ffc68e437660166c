import { externalCredential } from './credential/external-credential.ts';
import {
  checkedSettings,
  type ExternalSettings,
  isExternal,
} from './credential/external-settings.ts';
import { openPorts } from './open-ports.ts';
import type { Ports } from './ports.ts';
import type { GivenSettings } from './settings/parse-settings.ts';
import type { Settings } from './settings/settings.ts';
import type { DirectoryCredential } from './token/directory-credential.ts';
import { createTokenProvider } from './token/token-provider.ts';
import type { Users } from './users/users.ts';
import { wireDirectory } from './wire-directory.ts';

/** One tenant, opened with one application's credential. */
export interface Directory extends AsyncDisposable {
  readonly users: Users;
  readonly credential: DirectoryCredential;
}

/**
 * Opens one tenant. Nothing is sent before the first question. Dispose of it when done: connections are kept alive
 * until then.
 * @param replaced ports to put in the place of the real ones: a log, above all, which is silent otherwise
 * @param given checked settings, plain ones to check, or somebody else's credential and what goes with it
 * @throws {SettingsError} when plain settings cannot be used, or the file with certificate authorities not be read
 */
export async function openDirectory(
  given: Settings | GivenSettings | ExternalSettings,
  replaced: Partial<Ports> = {},
): Promise<Directory> {
  const settings = checkedSettings(given);
  await using opened = new AsyncDisposableStack();
  const ports = await openPorts(settings, replaced, opened);
  // Whoever loaded settings has seen what they warn of; plain ones were checked here and by nobody else.
  if (!isExternal(settings) && settings !== given)
    for (const { path, source, message, hint } of settings.warnings)
      ports.log('settings-warning', { path, source, message, hint });
  const provider = isExternal(settings)
    ? externalCredential(settings.credential, ports.clock)
    : await createTokenProvider(settings, ports, opened);
  const directory = opened.use(wireDirectory({ settings, ports, provider }));
  const resources = opened.move();
  return { ...directory, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
