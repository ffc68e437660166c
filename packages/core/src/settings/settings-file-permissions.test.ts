import { chmod } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

const federated = { tenant, clientId, credential: { kind: 'federated', file: '/token' } };
const quickstart = { tenant, client_id: clientId, secret: 'canary' };
const withProxy = { ...federated, proxy: 'http://user:canary@proxy.example' };

/** An env file with the names of the Node sample. */
const env = `TENANT_ID=${tenant}\nCLIENT_ID=${clientId}\nCLIENT_SECRET=canary\n`;

describe.skipIf(process.platform === 'win32')('the mode of a settings file', () => {
  it.each<[number, string, string | object]>([
    [0o644, 'rollcall.json', sound],
    [0o640, 'rollcall.json', quickstart],
    [0o604, 'rollcall.json', withProxy],
    [0o644, '.env', env],
  ])('%o of %s with a secret is reported with the chmod command', async (mode, name, content) => {
    await using folder = await settingsFolder();
    const path = join(folder.path, name);
    await folder.write(name, content);
    await chmod(path, mode);
    const flags = name === '.env' ? { 'env-file': name } : {};
    const { warnings } = await folder.load({ flags });
    expect(warnings).toMatchObject([
      {
        source: expect.stringContaining(`${name}, named by --`) as string,
        message: `contains a secret, and other users can read the file (mode 0${mode.toString(8)})`,
        hint: `Run \`chmod 600 '${path}'\`.`,
      },
    ]);
  });

  it.each<[number, string, string | object]>([
    [0o666, 'rollcall.json', sound],
    [0o620, 'rollcall.json', quickstart],
    [0o602, 'rollcall.json', federated],
    [0o606, 'rollcall.json', { profiles: { a: sound }, defaultProfile: 'a' }],
    [0o662, '.env', env],
  ])('%o of %s is rejected, unless weak permissions are accepted', async (mode, name, content) => {
    await using folder = await settingsFolder();
    const path = join(folder.path, name);
    await folder.write(name, content);
    await chmod(path, mode);
    const flags = name === '.env' ? { 'env-file': name } : {};
    const { issues, printed } = await folder.rejection({ flags });
    expect(issues).toMatchObject([
      { remedy: { code: 'fix-file-permissions', command: `Run \`chmod 600 '${path}'\`.` } },
    ]);
    expect(printed).not.toContain('canary');
    const accepted = { ...flags, 'allow-weak-permissions': true };
    expect((await folder.load({ flags: accepted })).clientId).toBe(clientId);
  });

  it.each<[number, object]>([
    [0o600, sound],
    [0o400, sound],
    [0o664, federated],
  ])('%o is accepted for a file as private as it needs to be', async (mode, content) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', content);
    await chmod(join(folder.path, 'rollcall.json'), mode);
    expect((await folder.load()).warnings).toEqual([]);
  });
});
