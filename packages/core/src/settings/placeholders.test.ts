import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { nodeEnv, pythonCertificate, pythonSecret } from './testing/quickstart.ts';
import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

describe('faults A7 row 79: placeholders', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'the quickstart of secrets',
      pythonSecret,
      ['authority', 'authority', 'clientId', 'credential.secret'],
    ],
    [
      'the quickstart of certificates',
      pythonCertificate,
      ['authority', 'authority', 'clientId', 'credential.thumbprint'],
    ],
  ])(
    'reports each one in %s with its position and where to find the value',
    async (_, sample, paths) => {
      await using folder = await settingsFolder();
      await folder.write('parameters.json', sample);
      const { issues } = await folder.rejection();
      expect(issues.map(({ path }) => path)).toEqual(paths);
      for (const { source, hint, message } of issues) {
        expect(source).toMatch(/parameters\.json:\d+:\d+$/u);
        expect(message).toContain('placeholder');
        expect(hint).toMatch(/Entra admin center|null/u);
      }
    },
  );

  it("reports each one in the Node quickstart's .env", async () => {
    await using folder = await settingsFolder();
    await folder.write('.env', nodeEnv);
    const { issues } = await folder.rejection({ flags: { 'env-file': '.env' } });
    expect(issues.map(({ source }) => `${source}`).toSorted()).toEqual([
      'AAD_ENDPOINT at .env:7',
      'CLIENT_ID at .env:3',
      'CLIENT_SECRET at .env:4',
      'GRAPH_ENDPOINT at .env:8',
      'TENANT_ID at .env:2',
    ]);
  });

  it('reports an unchanged oidc_authority next to an authority', async () => {
    await using folder = await settingsFolder();
    await folder.write('parameters.json', {
      authority: `https://login.microsoftonline.com/${tenant}`,
      oidc_authority: 'https://login.contoso.com/Enter_the_Tenant_Name_Here/v2.0',
      client_id: clientId,
      secret: 's',
    });
    expect((await folder.rejection()).issues).toEqual([
      {
        path: 'authority',
        source: 'oidc_authority at parameters.json:3:21',
        message: 'oidc_authority contains a placeholder, and authority is set',
        hint: 'Set oidc_authority to null to use authority, or the other way round.',
      },
    ]);
  });

  it.each([
    '<tenant>',
    '<your tenant id>',
    'YOUR_TENANT_ID',
    'your-tenant-id',
    'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    '{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}',
    '00000000-0000-0000-0000-000000000000',
    'Enter_the_Tenant_Id_Here',
    '${TENANT_ID}',
    '{{ tenant }}',
  ])('recognizes the placeholder %j in every setting', async (blank) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      tenant: blank,
      clientId: blank,
      credential: { kind: 'client-secret', secret: blank },
    });
    expect((await folder.rejection()).issues).toMatchObject([
      { path: 'tenant', message: 'contains a placeholder' },
      { path: 'clientId', message: 'contains a placeholder' },
      { path: 'credential.secret', message: 'contains a placeholder' },
    ]);
    await folder.write('rollcall.json', {
      ...sound,
      tenant: undefined,
      authority: `https://login.microsoftonline.com/${blank}`,
    });
    expect((await folder.rejection()).issues).toMatchObject([
      { path: 'authority', message: 'contains a placeholder' },
    ]);
  });

  it('accepts values that resemble placeholders', async () => {
    await using folder = await settingsFolder();
    const secret = 'x8Q~your<not>{a}placeholder/00000000';
    await folder.write('rollcall.json', {
      ...sound,
      tenant: 'contoso.com',
      credential: { kind: 'client-secret', secret },
    });
    expect(await folder.load()).toMatchObject({ warnings: [] });
  });

  it('ignores a placeholder that a source with higher precedence replaces', async () => {
    await using folder = await settingsFolder();
    const file = pythonSecret.replace(/"oidc_authority": "[^"]*"/u, '"oidc_authority": null');
    await folder.write('parameters.json', file);
    const flags = { tenant, 'client-id': clientId, 'secret-file': '-' };
    expect(await folder.load({ flags })).toMatchObject({ tenant, clientId });
  });

  it('opens no connection', async () => {
    let connections = 0;
    const server = createServer(() => {
      connections += 1;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await using folder = await settingsFolder();
    const file = {
      client_id: clientId,
      secret: 's',
      endpoint: `${origin}/v1.0/users`,
      proxy: origin,
      tokenCache: origin.replace('https', 'redis'),
    };
    await folder.write('parameters.json', { ...file, authority: `${origin}/<tenant>` });
    await folder.rejection();
    await folder.write('parameters.json', { ...file, authority: `${origin}/${tenant}` });
    await folder.load();
    server.close();
    expect(connections).toBe(0);
  });
});
