import { describe, expect, it } from 'vitest';

import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

describe('faults A7 row 75: wrong types and unknown keys', () => {
  it('reports all of them in one error, with suggestions and without values', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      tenentId: tenant,
      tenant: 5,
      cloud: 'usgv',
      clientID: clientId,
      scope: [1],
      deadline: 90,
      requestTimeout: 'soon-canary',
      allowWeakPermissions: 'yes-canary',
      tokenCache: 'canary',
      credential: { kind: 'client-secret', secrit: 'canary', secret: 7 },
      utterlyDifferent: 'canary',
    });
    const { issues, printed } = await folder.rejection();
    expect(printed).not.toContain('canary');
    const reported = Object.fromEntries(issues.map(({ path, ...issue }) => [path, issue]));
    expect(Object.keys(reported).toSorted()).toEqual([
      'allowWeakPermissions',
      'clientID',
      'clientId',
      'cloud',
      'credential.secret',
      'credential.secrit',
      'deadline',
      'requestTimeout',
      'scope',
      'tenant',
      'tenentId',
      'tokenCache',
      'utterlyDifferent',
    ]);
    expect(reported['tenentId']).toEqual({
      source: 'rollcall.json:2:3',
      message: 'unknown setting tenentId',
      hint: 'Did you mean tenant?',
    });
    expect(reported['clientID']?.hint).toBe('Did you mean clientId?');
    expect(reported['credential.secrit']).toMatchObject({
      source: 'rollcall.json:15:15',
      hint: 'Did you mean secret?',
    });
    expect(reported['utterlyDifferent']?.remedy).toEqual({ code: 'list-settings' });
    expect(reported['cloud']?.message).toBe('must be one of global, usgov, dod, china');
    expect(reported['deadline']?.message).toContain('"90s"');
  });

  it('contains the message of a single problem in the message of the error', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, tenant: 'common' });
    await expect(folder.load()).rejects.toMatchObject({
      code: 'E_SETTINGS',
      category: 'usage',
      retryable: false,
      message: expect.stringContaining('tenant (rollcall.json:2:13)') as string,
    });
  });

  it('reports a setting that is set under both of its names', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, client_id: clientId });
    expect(await folder.issues()).toEqual([
      expect.stringMatching(
        /^clientId \(client_id at rollcall\.json:\d+:\d+ and rollcall\.json:3:15\): is set twice$/u,
      ),
    ]);
  });
});

describe('faults A7 row 77: tenant and application', () => {
  it('requires no clientId for a managed identity, but for a client secret', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, credential: { kind: 'managed-identity' } });
    expect(await folder.load()).toMatchObject({
      clientId: '',
      credential: { kind: 'managed-identity' },
    });
    await folder.write('rollcall.json', { tenant, credential: sound.credential });
    expect(await folder.issues()).toEqual(['clientId (not set): required, not set']);
  });

  it.each([
    [` {${tenant.toUpperCase()}} `, tenant],
    [`(${tenant})`, tenant],
    [`"${tenant}"`, tenant],
    ['Contoso.OnMicrosoft.com', 'contoso.onmicrosoft.com'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ])('accepts the tenant %j', async (given, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, tenant: given, clientId: ` {${clientId}}` });
    expect(await folder.load()).toMatchObject({ tenant: expected, clientId });
  });

  it.each([
    ['common', '"common" cannot be used with app-only sign-in'],
    ['Organizations', '"organizations" cannot be used with app-only sign-in'],
    ['consumers', '"consumers" cannot be used with app-only sign-in'],
    [tenant.slice(1), 'is not a valid GUID: a digit is missing, wrong or too many'],
    [tenant.replace('c', 'O'), 'is not a valid GUID: a digit is missing, wrong or too many'],
    ['contoso', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
    ['a b.example', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
    ['../x.example', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
  ])('rejects the tenant %j', async (given, message) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, tenant: given });
    expect(await folder.issues()).toEqual([`tenant (rollcall.json:2:13): ${message}`]);
  });

  it('rejects pseudo-tenants in an authority', async () => {
    await using folder = await settingsFolder();
    const authority = 'https://login.microsoftonline.com/organizations/v2.0/';
    await folder.write('rollcall.json', { authority, clientId, credential: sound.credential });
    expect(await folder.issues()).toEqual([
      'authority (rollcall.json:2:16): "organizations" cannot be used with app-only sign-in',
    ]);
  });

  it('rejects an invalid application ID without showing it', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, clientId: 'canary' });
    const { issues, printed } = await folder.rejection();
    expect(issues).toMatchObject([{ path: 'clientId', message: 'is not a GUID' }]);
    expect(printed).not.toContain('canary');
  });

  it('rejects a tenant that differs from the tenant in the authority', async () => {
    await using folder = await settingsFolder();
    const authority = 'https://login.microsoftonline.com/other.example';
    await folder.write('rollcall.json', { ...sound, authority });
    expect((await folder.rejection()).issues).toMatchObject([
      { message: 'tenant and authority contain different tenants' },
    ]);
    expect(await folder.load({ flags: { tenant: 'stronger.example' } })).toMatchObject({
      tenant: 'stronger.example',
    });
  });
});
