import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { openDirectory } from '../open-directory.ts';
import { nodeEnv, pythonCertificate, pythonSecret } from './testing/quickstart.ts';
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

describe('faults A7 row 76: not exactly one credential', () => {
  const certificate = { kind: 'client-certificate', file: 'key.pem' };

  it.each<[string, object, Record<string, string>, string]>([
    [
      'a secret in the environment, a certificate in the file',
      { tenant, clientId, credential: certificate },
      { AZURE_CLIENT_SECRET: 'canary' },
      'credential (AZURE_CLIENT_SECRET and rollcall.json:5:13): Multiple credentials configured: client-secret and client-certificate',
    ],
    [
      'both in the quickstart form',
      { tenant, client_id: clientId, secret: 'canary', private_key_file: 'key.pem' },
      {},
      'credential (secret at rollcall.json:4:13 and private_key_file at rollcall.json:5:23): Multiple credentials configured: client-secret and client-certificate',
    ],
    ['none', { tenant, clientId }, {}, 'credential (not set): required, not set'],
    [
      'an empty variable',
      { tenant, clientId },
      { AZURE_CLIENT_SECRET: '' },
      'credential (not set): required, not set',
    ],
    [
      'an empty text',
      { tenant, clientId, credential: { kind: 'client-secret', secret: '' } },
      {},
      'credential.secret (rollcall.json:6:15): is empty',
    ],
    [
      'no kind',
      { tenant, clientId, credential: { secret: 'canary' } },
      {},
      'credential.kind (rollcall.json:5:15): required, not set',
    ],
    [
      'a secret and a file of one, in one source',
      {
        tenant,
        clientId,
        credential: { kind: 'client-secret', secret: 'canary', secretFile: 'x' },
      },
      {},
      'credential.secretFile (rollcall.json:7:19): cannot be used with secret',
    ],
    [
      'text for the whole credential',
      { tenant, clientId, credential: 'canary' },
      {},
      'credential (rollcall.json:4:17): must be an object',
    ],
  ])('rejects %s', async (_, file, environment, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', file);
    const { printed } = await folder.rejection({ environment });
    expect(printed).not.toContain('canary');
    expect(await folder.issues({ environment })).toEqual([expected]);
  });

  it('accepts credentials in the environment next to auto, but not in an env file', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, credential: { kind: 'auto' } });
    const environment = { AZURE_CLIENT_SECRET: 's', AZURE_FEDERATED_TOKEN_FILE: '/token' };
    expect((await folder.load({ environment })).credential).toEqual({ kind: 'auto' });
    await folder.write('.env', 'AZURE_CLIENT_SECRET=canary');
    expect(await folder.issues({ flags: { 'env-file': '.env' } })).toHaveLength(1);
  });

  it('gives a configured issuer precedence over the token file that Kubernetes mounts', async () => {
    await using folder = await settingsFolder();
    const credential = { kind: 'federated', kubernetes: true };
    await folder.write('rollcall.json', { tenant, clientId, credential });
    const environment = { AZURE_FEDERATED_TOKEN_FILE: '/token' };
    expect((await folder.load({ environment })).credential).toEqual(credential);
    await folder.write('rollcall.json', { tenant, clientId });
    expect((await folder.load({ environment })).credential).toEqual({
      kind: 'federated',
      file: '/token',
    });
  });

  it('uses the credential that --credential selects', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, credential: certificate });
    const environment = { AZURE_CLIENT_SECRET: 's3cret', AZURE_CLIENT_CERTIFICATE_PASSWORD: 'p' };
    const flags = { credential: 'client-secret' };
    const { credential, sources } = await folder.load({ environment, flags });
    expect(credential.kind).toBe('client-secret');
    expect(sources.has('credential.file')).toBe(false);
    const other = await folder.load({ environment, flags: { credential: 'client-certificate' } });
    expect(Object.keys(other.credential).toSorted()).toEqual(['file', 'kind', 'password']);
  });

  it('uses the source with the highest precedence for the same kind', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { credential } = await folder.load({ flags: { 'secret-file': '-' } });
    expect(credential).toEqual({ kind: 'client-secret', secretFile: '-' });
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

describe('faults A7 row 78: authority and Graph', () => {
  const rejected: readonly (readonly [Record<string, string>, string, string])[] = [
    [
      { authority: `http://login.microsoftonline.com/${tenant}` },
      'authority',
      'must start with https://',
    ],
    [{ authority: `http://127.0.0.1:8080/${tenant}` }, 'authority', 'must start with https://'],
    [
      { authority: `https://canary:canary@login.microsoftonline.com/${tenant}` },
      'authority',
      'user name',
    ],
    [{ authority: `login.microsoftonline.com/${tenant}` }, 'authority', 'is not a URL'],
    [{ authority: 'https://' }, 'authority', 'is not a URL'],
    [
      { authority: `https://login.microsoftonline.co/${tenant}` },
      'authority',
      'resembles login.microsoftonline.com',
    ],
    [
      { authority: `https://login.micros0ftonline.com/${tenant}` },
      'authority',
      'resembles login.microsoftonline.com',
    ],
    [
      { authority: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` },
      'authority',
      'must end with the tenant',
    ],
    [{ authority: `https://login.microsoftonline.com/${tenant}?canary` }, 'authority', 'a query'],
    [{ graph: 'http://graph.microsoft.com' }, 'graph', 'must start with https://'],
    [{ graph: 'https://canary:canary@graph.microsoft.com' }, 'graph', 'user name'],
    [{ graph: 'https://graph.microsoft.com/v2.0' }, 'graph', 'version'],
    [{ graph: 'https://graph.microsoft.com/v1.0/groups' }, 'graph', 'other than /users'],
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$top=1000' }, 'graph', '$top'],
    [
      { graph: 'https://graph.microsoft.com/v1.0/users?$canary=1' },
      'graph',
      'unsupported query option',
    ],
    [
      {
        graph: 'https://graph.microsoft.us',
        authority: `https://login.microsoftonline.com/${tenant}`,
      },
      'graph',
      'belongs to usgov, but the authority to global',
    ],
    [
      { graph: 'https://graph.microsoft.com', cloud: 'usgov' },
      'cloud',
      'cloud is usgov, but the Graph root belongs to global',
    ],
    [
      { authority: `https://login.microsoftonline.com/${tenant}`, cloud: 'china' },
      'cloud',
      'cloud is china, but the authority belongs to global',
    ],
    [
      { graph: 'https://graph.example', authority: `https://login.microsoftonline.com/${tenant}` },
      'graph',
      'is not a Microsoft Graph host',
    ],
    [{ scope: 'https://graph.microsoft.us/.default' }, 'scope', 'not a scope of the configured'],
    [{ scope: 'https://graph.microsoft.com/User.Read.All' }, 'scope', '/.default'],
  ];
  it.each(rejected)('rejects %j', async (wrong, path, part) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      clientId,
      tenant,
      credential: sound.credential,
      ...wrong,
    });
    const { issues, printed } = await folder.rejection();
    expect(issues).toEqual([
      expect.objectContaining({ path, message: expect.stringContaining(part) as string }),
    ]);
    expect(printed).not.toContain('canary');
  });

  it.each([
    [
      { authority: `https://login.windows.net/${tenant}/v2.0` },
      { cloud: 'global', authority: `https://login.windows.net/${tenant}` },
    ],
    [
      { cloud: 'dod' },
      {
        cloud: 'dod',
        authority: `https://login.microsoftonline.us/${tenant}`,
        graph: 'https://dod-graph.microsoft.us/v1.0',
      },
    ],
    [
      {
        graph: 'https://dod-graph.microsoft.us',
        authority: `https://login.microsoftonline.us/${tenant}`,
      },
      { cloud: 'dod' },
    ],
    [
      { cloud: 'china' },
      {
        authority: `https://login.partner.microsoftonline.cn/${tenant}`,
        graph: 'https://microsoftgraph.chinacloudapi.cn/v1.0',
      },
    ],
    [
      { authority: 'https://contoso.ciamlogin.com', tenant: 'contoso.onmicrosoft.com' },
      { cloud: 'global', authority: 'https://contoso.ciamlogin.com/contoso.onmicrosoft.com' },
    ],
    [
      { authority: `https://127.0.0.1:8443/${tenant}/`, graph: 'https://127.0.0.1:8443/beta/' },
      {
        cloud: 'custom',
        authority: `https://127.0.0.1:8443/${tenant}`,
        graph: 'https://127.0.0.1:8443/beta',
      },
    ],
    [
      { authority: `https://login.fabrikam.example/${tenant}` },
      { cloud: 'global', graph: 'https://graph.microsoft.com/v1.0' },
    ],
  ])('accepts %j', async (given, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      clientId,
      tenant,
      credential: sound.credential,
      ...given,
    });
    const { cloud, authority, graph } = await folder.load();
    expect({ cloud, authority: authority.href, graph: graph.href }).toMatchObject(expected);
  });

  it('replaces the hosts of a whole quickstart file with --cloud and keeps its query', async () => {
    await using folder = await settingsFolder();
    await folder.write('parameters.json', {
      authority: `https://login.microsoftonline.com/${tenant}`,
      client_id: clientId,
      scope: ['https://graph.microsoft.com/.default'],
      secret: 's',
      endpoint: 'https://graph.microsoft.com/v1.0/users?$select=id,mail&$top=5',
    });
    expect(await folder.load({ flags: { cloud: 'usgov' } })).toMatchObject({
      cloud: 'usgov',
      authority: new URL(`https://login.microsoftonline.us/${tenant}`),
      graph: new URL('https://graph.microsoft.us/v1.0'),
      scopes: ['https://graph.microsoft.us/.default'],
      query: { select: ['id', 'mail'], pageSize: 5 },
    });
  });
});

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

describe('faults A7 row 80: secrets on the command line', () => {
  it.each(['secret', 'client-secret', 'password', 'certificate-password'] as const)(
    'rejects --%s and suggests alternatives',
    async (flag) => {
      await using folder = await settingsFolder();
      await folder.write('rollcall.json', sound);
      const { issues, printed } = await folder.rejection({ flags: { [flag]: 'canary' } });
      expect(issues).toMatchObject([
        { source: `--${flag}`, hint: expect.stringContaining('--secret-file -') as string },
      ]);
      expect(printed).not.toContain('canary');
    },
  );

  it('warns about a password in --proxy, but not in HTTPS_PROXY', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const proxy = 'http://user:canary@proxy.example:8080';
    const flagged = await folder.load({ flags: { proxy } });
    expect(flagged.warnings).toMatchObject([{ path: 'proxy', source: '--proxy' }]);
    expect(JSON.stringify(flagged.warnings)).not.toContain('canary');
    expect((await folder.load({ environment: { HTTPS_PROXY: proxy } })).warnings).toEqual([]);
  });
});

describe('a proxy', () => {
  it.each([
    ['http://', 'is not a URL', 'http://HOST:PORT'],
    ['socks5://proxy.example:1080', 'must start with http:// or https://', 'http://HOST:PORT'],
    [
      'http://user:100%canary@proxy.example:8080',
      'has an invalid percent-encoding in user or password',
      '% as %25',
    ],
    [
      'http://user%FF:canary@proxy.example:8080',
      'has an invalid percent-encoding in user or password',
      '% as %25',
    ],
  ])('%s is rejected: %s', async (proxy, message, hint) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { issues, printed } = await folder.rejection({ environment: { HTTPS_PROXY: proxy } });
    expect(issues).toMatchObject([
      {
        path: 'proxy',
        source: 'HTTPS_PROXY',
        message,
        hint: expect.stringContaining(hint) as string,
      },
    ]);
    expect(printed).not.toContain('canary');
  });

  it('can be host:port, and can contain an encoded password', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const load = async (proxy: string) =>
      (await folder.load({ environment: { HTTPS_PROXY: proxy } })).proxy?.reveal();
    expect(await load('proxy.example:8080')).toBe('http://proxy.example:8080/');
    expect(await load('http://a%40b:100%25@proxy.example')).toBe(
      'http://a%40b:100%25@proxy.example/',
    );
  });
});

describe('faults A5 row 52: a suspicious secret', () => {
  it('is reported as a warning when it looks like a secret ID', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { warnings } = await folder.load({ environment: { AZURE_CLIENT_SECRET: tenant } });
    expect(warnings).toMatchObject([
      {
        path: 'credential.secret',
        source: 'AZURE_CLIENT_SECRET',
        message: 'looks like a secret ID, not a secret value',
      },
    ]);
    expect(JSON.stringify(warnings)).not.toContain(tenant);
  });

  it('is reported as a warning when it has whitespace around it or its variable is empty', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const padded = await folder.load({ environment: { AZURE_CLIENT_SECRET: 'abc ' } });
    expect(padded.warnings).toMatchObject([{ message: 'starts or ends with whitespace' }]);
    const empty = await folder.load({ environment: { AZURE_CLIENT_SECRET: '' } });
    expect(empty.warnings).toMatchObject([{ source: 'AZURE_CLIENT_SECRET' }]);
  });
});

describe('a token cache that the credential cannot seal', () => {
  const app = { tenant, clientId };

  it.each([{ kind: 'federated', github: true }, { kind: 'managed-identity' }])(
    'is reported as one warning: %o',
    async (credential) => {
      await using folder = await settingsFolder();
      await folder.write('rollcall.json', { ...app, credential });
      const flags = { 'token-cache': 'file' };
      expect((await folder.load({ flags })).warnings).toEqual([
        {
          path: 'tokenCache',
          source: '--token-cache',
          message: `tokens of a ${credential.kind} credential are only cached in memory: it contains no secret to encrypt them with`,
          hint: 'Remove tokenCache: each process requests its own token. To share tokens between processes, use a client certificate.',
        },
      ]);
      expect((await folder.load({})).warnings).toEqual([]);
      const said: unknown[] = [];
      const log = (...event: unknown[]) => void said.push(event);
      await using _ = await openDirectory({ ...app, credential, tokenCache: 'file' } as never, {
        log,
      });
      expect(said).toMatchObject([['settings-warning', { path: 'tokenCache' }]]);
    },
  );

  it('is not reported for a credential that can seal tokens or might', async () => {
    await using folder = await settingsFolder();
    for (const credential of [{ kind: 'client-secret', secret: 'a-b-c' }, { kind: 'auto' }]) {
      await folder.write('rollcall.json', { ...app, credential, tokenCache: 'file' });
      expect((await folder.load({})).warnings).toEqual([]);
    }
  });
});
