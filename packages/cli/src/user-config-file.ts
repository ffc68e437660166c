import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Returns the path of the user's own configuration file, which is read without being named: in `$XDG_CONFIG_HOME`, else
 * `~/.config`; on Windows in `%APPDATA%`.
 * @param env the environment variables
 */
export function userConfigFile(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const { XDG_CONFIG_HOME: configHome = '', APPDATA: appData = '', HOME: home = homedir() } = env;
  if (platform === 'win32')
    return join(
      appData === '' ? join(home, 'AppData', 'Roaming') : appData,
      'rollcall',
      'config.json',
    );
  // The specification of XDG ignores a relative path.
  const folder = configHome.startsWith('/') ? configHome : join(home, '.config');
  return join(folder, 'rollcall', 'config.json');
}
