import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { loadSettings } from '../load-settings.ts';
import { clientId, settingsFolder, tenant } from '../testing/settings-folder.ts';
import { removeProfile, setDefaultProfile } from './edit-profiles.ts';
import { loadProfiles } from './load-profiles.ts';

const text = `{
  "defaultProfile": "one",
  "profiles": {
    // Comments remain.
    "one": { "tenant": "${tenant}", "clientId": "${clientId}", "credential": { "kind": "managed-identity" } },
    /* several tenants */
    "many": {
      "tenant": ["contoso.com", "fabrikam.com"],
      "client_id": "${clientId}",
      "secret": "canary"
    }
  }
}
`;

async function withProfiles(content = text) {
  const folder = await settingsFolder();
  await folder.write('config.json', content);
  const file = join(folder.path, 'config.json');
  const options = { flags: { config: 'config.json' }, environment: {}, cwd: folder.path };
  return { file, options, userOptions: { environment: {}, userConfigFile: file }, folder };
}

it('lists profiles of the named file or the user file, without secrets', async () => {
  const { file, options, userOptions, folder } = await withProfiles();
  await using _ = folder;
  const expected = {
    file,
    profiles: [
      { name: 'one', isDefault: true, tenants: [tenant], clientId, credential: 'managed-identity' },
      {
        name: 'many',
        isDefault: false,
        tenants: ['contoso.com', 'fabrikam.com'],
        clientId,
        credential: undefined,
      },
    ],
  };
  expect(await loadProfiles(options)).toEqual(expected);
  expect(await loadProfiles(userOptions)).toEqual(expected);
});

it('reads one of several tenants of a profile by the flag, and refuses to choose one itself', async () => {
  const { options, folder } = await withProfiles();
  await using _ = folder;
  const flags = { ...options.flags, profile: 'many' };
  const one = await loadSettings({ ...options, flags: { ...flags, tenant: 'fabrikam.com' } });
  expect(one).toMatchObject({ tenant: 'fabrikam.com', clientId });
  await expect(loadSettings({ ...options, flags })).rejects.toMatchObject({
    issues: [{ path: 'tenant', message: 'must be one tenant: an ID or a domain' }],
  });
});

it('changes the default profile and removes profiles, and keeps comments and mode', async () => {
  const { file, options, folder } = await withProfiles();
  await using _ = folder;
  expect(await setDefaultProfile('many', options)).toBe(file);
  expect(await readFile(file, 'utf8')).toBe(text.replace('"one",', '"many",'));
  await removeProfile('many', options);
  const { profiles } = await loadProfiles(options);
  expect(profiles).toMatchObject([{ name: 'one', isDefault: false }]);
  const left = await readFile(file, 'utf8');
  expect(left).toContain('// Comments remain.');
  expect(left).not.toContain('canary');
  expect(left).not.toContain('defaultProfile');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it.each([
  ['a profile that does not exist', text, (options: object) => setDefaultProfile('two', options)],
  ['a removed profile', text, (options: object) => removeProfile('__proto__', options)],
  ['a file without profiles', '{}', (options: object) => loadProfiles(options)],
  ['a damaged file', '{', (options: object) => loadProfiles(options)],
])('refuses %s in one error, and changes nothing', async (_, content, call) => {
  const { file, options, folder } = await withProfiles(content);
  await using held = folder;
  expect(held.path).not.toBe('');
  await expect(call(options)).rejects.toMatchObject({ code: 'E_SETTINGS' });
  expect(await readFile(file, 'utf8')).toBe(content);
});

it('refuses to list profiles when no file is named', async () => {
  await expect(loadProfiles({ environment: {} })).rejects.toMatchObject({ code: 'E_SETTINGS' });
  const userConfigFile = '/nonexistent/config.json';
  await expect(loadProfiles({ environment: {}, userConfigFile })).rejects.toMatchObject({
    code: 'E_SETTINGS',
    remedy: { code: 'create-settings' },
  });
});
