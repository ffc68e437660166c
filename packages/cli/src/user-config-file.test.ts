import { expect, it } from 'vitest';

import { userConfigFile } from './user-config-file.ts';

it.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', { HOME: '/home/ada' }, '/home/ada/.config/rollcall/config.json'],
  ['linux', { HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada' }, '/etc/ada/rollcall/config.json'],
  ['linux', { HOME: '/home/ada', XDG_CONFIG_HOME: '' }, '/home/ada/.config/rollcall/config.json'],
  ['linux', { HOME: '/home/ada', XDG_CONFIG_HOME: '.' }, '/home/ada/.config/rollcall/config.json'],
  ['darwin', { HOME: '/Users/ada' }, '/Users/ada/.config/rollcall/config.json'],
])('on %s with %j it is %s', (platform, env, expected) => {
  expect(userConfigFile(env, platform)).toBe(expected);
});

it('on Windows it is in %APPDATA%', () => {
  const path = userConfigFile({ APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'win32');
  expect(path.replaceAll('\\', '/')).toBe('C:/Users/ada/AppData/Roaming/rollcall/config.json');
});
