import { describe, expect, it } from 'vitest';

import { showSettings } from './show-settings.ts';
import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

const other = '11111111-2222-4333-8444-555555555555';
const azure = {
  AZURE_TENANT_ID: 'azure.example',
  AZURE_CLIENT_ID: other,
  AZURE_CLIENT_SECRET: 'canary',
};

describe('faults A7 row 76: tenant, application and credential belong together', () => {
  it.each<[string, Record<string, string>]>([
    ['a secret', azure],
    [
      'a certificate',
      { ...azure, AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: 'a.pem' },
    ],
    ['a token file', { ...azure, AZURE_CLIENT_SECRET: '', AZURE_FEDERATED_TOKEN_FILE: '/token' }],
    ['only a tenant', { AZURE_TENANT_ID: 'azure.example' }],
    ['only an application', { AZURE_CLIENT_ID: other }],
    ['an authority', { AZURE_AUTHORITY_HOST: 'https://login.microsoftonline.us' }],
  ])('a complete file is used as it is next to %s in the environment', async (_, environment) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const settings = await folder.load({ environment });
    expect(settings).toMatchObject({ tenant, clientId, cloud: 'global' });
    expect(settings.credential.kind).toBe('client-secret');
    expect(settings.sources.get('credential.secret')).toMatch(/^rollcall\.json/u);
    const ignored = Object.entries(environment).filter(([, value]) => value !== '');
    expect(settings.ignored.map(({ source }) => source).toSorted()).toEqual(
      ignored.map(([name]) => name).toSorted(),
    );
  });

  it('a higher source without a credential replaces tenant and client ID', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const flags = { tenant: 'flag.example', 'client-id': other };
    const settings = await folder.load({ flags });
    expect(settings).toMatchObject({ tenant: 'flag.example', clientId: other });
    expect(settings.ignored).toEqual([
      { path: 'tenant', source: 'rollcall.json:2:13', because: '--tenant' },
      { path: 'clientId', source: 'rollcall.json:3:15', because: '--client-id' },
    ]);
  });

  it.each<[string, object, Record<string, string>, object]>([
    ['variables', { credential: sound.credential }, azure, {}],
    ['a file with a credential', sound, {}, { 'secret-file': 's.txt' }],
  ])('a lower source does not complete a credential: %s', async (_, file, environment, flags) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', file);
    const { issues, printed } = await folder.rejection({ environment, flags });
    expect(issues.map(({ path }) => path)).toEqual(['tenant', 'clientId']);
    for (const { message } of issues)
      expect(message).toMatch(
        /^required, not set; .+ is ignored, because the credential comes from /u,
      );
    expect(printed).not.toContain('canary');
  });

  it('a named file without a credential completes that of a flag or of a variable', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId });
    const bySecretFile = await folder.load({ flags: { 'secret-file': '-' } });
    expect(bySecretFile).toMatchObject({ tenant, clientId, ignored: [] });
    const byVariable = await folder.load({ environment: { AZURE_CLIENT_SECRET: 'canary' } });
    expect(byVariable).toMatchObject({ tenant, clientId, ignored: [] });
  });

  it('a password completes a certificate from any source', async () => {
    await using folder = await settingsFolder();
    const flags = { tenant, 'client-id': clientId, certificate: 'key.pem' };
    const environment = { AZURE_CLIENT_CERTIFICATE_PASSWORD: 'canary' };
    const { credential } = await folder.load({ flags, environment });
    expect(Object.keys(credential).toSorted()).toEqual(['file', 'kind', 'password']);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty text', ''],
  ])('%s means that a setting is absent', async (_, absent) => {
    await using folder = await settingsFolder();
    await folder.write('parameters.json', {
      authority: `https://login.microsoftonline.com/${tenant}`,
      client_id: clientId,
      secret: 'canary',
      thumbprint: absent,
      private_key_file: absent,
      passphrase: absent,
      tenant: absent,
      proxy: absent,
      credential: absent,
    });
    const { credential } = await folder.load();
    expect(Object.keys(credential)).toEqual(['kind', 'secret']);
  });
});

it('faults A7 row 76: what is shown of settings contains no ignored value', async () => {
  await using folder = await settingsFolder();
  await folder.write('rollcall.json', sound);
  const settings = await folder.load({ environment: azure });
  expect(JSON.stringify([settings.ignored, showSettings(settings)])).not.toContain('canary');
});
