import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { openDirectory } from '../open-directory.ts';
import { nodeEnv, pythonCertificate, pythonSecret } from './testing/quickstart.ts';
import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

describe('faults A7 row 75: wrong types and unknown keys', () => {
  it('tells all of them in one report, with what was probably meant, and no value', async () => {
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
    const { issues, printed } = await folder.refusal();
    expect(printed).not.toContain('canary');
    const told = Object.fromEntries(issues.map(({ path, ...issue }) => [path, issue]));
    expect(Object.keys(told).toSorted()).toEqual([
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
    expect(told['tenentId']).toEqual({
      source: 'rollcall.json:2:3',
      message: 'there is no setting tenentId',
      hint: 'Did you mean tenant?',
    });
    expect(told['clientID']?.hint).toBe('Did you mean clientId?');
    expect(told['credential.secrit']).toMatchObject({
      source: 'rollcall.json:15:15',
      hint: 'Did you mean secret?',
    });
    expect(told['utterlyDifferent']?.hint).toContain('config schema');
    expect(told['cloud']?.message).toBe('must be one of global, usgov, dod, china');
    expect(told['deadline']?.message).toContain('"90s"');
  });

  it('says of a list of settings errors how many there are, and of one what it is', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, tenant: 'common' });
    await expect(folder.load()).rejects.toMatchObject({
      code: 'E_SETTINGS',
      category: 'usage',
      retryable: false,
      message: expect.stringContaining('tenant (rollcall.json:2:13)') as string,
    });
  });

  it('names a setting that is given under its two names', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, client_id: clientId });
    expect(await folder.mistakes()).toEqual([
      expect.stringMatching(
        /^clientId \(client_id at rollcall\.json:\d+:\d+ and rollcall\.json:3:15\): is given twice$/u,
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
      'credential (AZURE_CLIENT_SECRET and rollcall.json:5:13): 2 credentials are given: client-secret and client-certificate',
    ],
    [
      'both in the quickstart form',
      { tenant, client_id: clientId, secret: 'canary', private_key_file: 'key.pem' },
      {},
      'credential (secret at rollcall.json:4:13 and private_key_file at rollcall.json:5:23): 2 credentials are given: client-secret and client-certificate',
    ],
    ['none', { tenant, clientId }, {}, 'credential (nowhere): no credential is given'],
    [
      'an empty variable',
      { tenant, clientId },
      { AZURE_CLIENT_SECRET: '' },
      'credential (nowhere): no credential is given',
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
      'credential (rollcall.json:5:15): the kind of the credential is not given',
    ],
    [
      'a secret and a file of one, in one source',
      {
        tenant,
        clientId,
        credential: { kind: 'client-secret', secret: 'canary', secretFile: 'x' },
      },
      {},
      'credential.secretFile (rollcall.json:7:19): both secret and secretFile are given',
    ],
    [
      'text for the whole credential',
      { tenant, clientId, credential: 'canary' },
      {},
      'credential (rollcall.json:4:17): must be an object',
    ],
  ])('refuses %s', async (_, file, environment, expected) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', file);
    const { printed } = await folder.refusal({ environment });
    expect(printed).not.toContain('canary');
    expect(await folder.mistakes({ environment })).toEqual([expected]);
  });

  it('lets auto choose from the environment, and calls a second one in a file a rival', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, credential: { kind: 'auto' } });
    const environment = { AZURE_CLIENT_SECRET: 's', AZURE_FEDERATED_TOKEN_FILE: '/token' };
    expect((await folder.load({ environment })).credential).toEqual({ kind: 'auto' });
    await folder.write('.env', 'AZURE_CLIENT_SECRET=canary');
    expect(await folder.mistakes({ flags: { 'env-file': '.env' } })).toHaveLength(1);
  });

  it("lets a pod's mounted file yield to the issuer that was asked for by name", async () => {
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

  it('takes the one that --credential names', async () => {
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

  it('lets the stronger source of the same kind win', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { credential } = await folder.load({ flags: { 'secret-file': '-' } });
    expect(credential).toEqual({ kind: 'client-secret', secretFile: '-' });
  });
});

describe('faults A7 row 77: tenant and application', () => {
  it('asks for no application where the platform knows it, and only there', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, credential: { kind: 'managed-identity' } });
    expect(await folder.load()).toMatchObject({
      clientId: '',
      credential: { kind: 'managed-identity' },
    });
    await folder.write('rollcall.json', { tenant, credential: sound.credential });
    expect(await folder.mistakes()).toEqual(['clientId (nowhere): the application is not given']);
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
    ['common', 'common is not a directory; an application signs in to one'],
    ['Organizations', 'organizations is not a directory; an application signs in to one'],
    ['consumers', 'consumers is not a directory; an application signs in to one'],
    [tenant.slice(1), 'is almost a GUID: a digit is missing, too many or wrong'],
    [tenant.replace('c', 'O'), 'is almost a GUID: a digit is missing, too many or wrong'],
    ['contoso', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
    ['a b.example', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
    ['../x.example', 'is neither a GUID nor a domain such as contoso.onmicrosoft.com'],
  ])('refuses the tenant %j', async (given, message) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, tenant: given });
    expect(await folder.mistakes()).toEqual([`tenant (rollcall.json:2:13): ${message}`]);
  });

  it('refuses pseudo-tenants in an authority too', async () => {
    await using folder = await settingsFolder();
    const authority = 'https://login.microsoftonline.com/organizations/v2.0/';
    await folder.write('rollcall.json', { authority, clientId, credential: sound.credential });
    expect(await folder.mistakes()).toEqual([
      'authority (rollcall.json:2:16): organizations is not a directory; an application signs in to one',
    ]);
  });

  it('refuses an application id that is none, and does not show it', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { ...sound, clientId: 'canary' });
    const { issues, printed } = await folder.refusal();
    expect(issues).toMatchObject([{ path: 'clientId', message: 'is not a GUID' }]);
    expect(printed).not.toContain('canary');
  });

  it('refuses a tenant that differs from the one in the authority beside it', async () => {
    await using folder = await settingsFolder();
    const authority = 'https://login.microsoftonline.com/other.example';
    await folder.write('rollcall.json', { ...sound, authority });
    expect((await folder.refusal()).issues).toMatchObject([
      { message: 'tenant and authority name different directories' },
    ]);
    expect(await folder.load({ flags: { tenant: 'stronger.example' } })).toMatchObject({
      tenant: 'stronger.example',
    });
  });
});

describe('faults A7 row 78: authority and Graph', () => {
  const refused: readonly (readonly [Record<string, string>, string, string])[] = [
    [{ authority: `http://login.microsoftonline.com/${tenant}` }, 'authority', 'is not https'],
    [{ authority: `http://127.0.0.1:8080/${tenant}` }, 'authority', 'is not https'],
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
      'only resembles login.microsoftonline.com',
    ],
    [
      { authority: `https://login.micros0ftonline.com/${tenant}` },
      'authority',
      'only resembles login.microsoftonline.com',
    ],
    [
      { authority: `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token` },
      'authority',
      'more after the tenant',
    ],
    [{ authority: `https://login.microsoftonline.com/${tenant}?canary` }, 'authority', 'a query'],
    [{ graph: 'http://graph.microsoft.com' }, 'graph', 'is not https'],
    [{ graph: 'https://canary:canary@graph.microsoft.com' }, 'graph', 'user name'],
    [{ graph: 'https://graph.microsoft.com/v2.0' }, 'graph', 'version'],
    [{ graph: 'https://graph.microsoft.com/v1.0/groups' }, 'graph', 'other than users'],
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$top=1000' }, 'graph', '$top'],
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$canary=1' }, 'graph', 'none of Graph'],
    [
      {
        graph: 'https://graph.microsoft.us',
        authority: `https://login.microsoftonline.com/${tenant}`,
      },
      'graph',
      'of usgov, the authority of global',
    ],
    [
      { graph: 'https://graph.microsoft.com', cloud: 'usgov' },
      'cloud',
      'the cloud is usgov, the Graph root is of global',
    ],
    [
      { authority: `https://login.microsoftonline.com/${tenant}`, cloud: 'china' },
      'cloud',
      "the cloud is china, the authority's host is of global",
    ],
    [
      { graph: 'https://graph.example', authority: `https://login.microsoftonline.com/${tenant}` },
      'graph',
      "no cloud's Graph",
    ],
    [{ scope: 'https://graph.microsoft.us/.default' }, 'scope', 'not for the Graph'],
    [{ scope: 'https://graph.microsoft.com/User.Read.All' }, 'scope', '/.default'],
  ];
  it.each(refused)('refuses %j', async (wrong, path, part) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      clientId,
      tenant,
      credential: sound.credential,
      ...wrong,
    });
    const { issues, printed } = await folder.refusal();
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

  it('lets --cloud move a whole quickstart file, its query kept', async () => {
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
  ])('tells every one of %s, where it is and where to find the value', async (_, sample, paths) => {
    await using folder = await settingsFolder();
    await folder.write('parameters.json', sample);
    const { issues } = await folder.refusal();
    expect(issues.map(({ path }) => path)).toEqual(paths);
    for (const { source, hint, message } of issues) {
      expect(source).toMatch(/parameters\.json:\d+:\d+$/u);
      expect(message).toContain('placeholder');
      expect(hint).toMatch(/Entra admin center|null/u);
    }
  });

  it("tells every one of the Node quickstart's .env", async () => {
    await using folder = await settingsFolder();
    await folder.write('.env', nodeEnv);
    const { issues } = await folder.refusal({ flags: { 'env-file': '.env' } });
    expect(issues.map(({ source }) => source).toSorted()).toEqual([
      'AAD_ENDPOINT at .env:7',
      'CLIENT_ID at .env:3',
      'CLIENT_SECRET at .env:4',
      'GRAPH_ENDPOINT at .env:8',
      'TENANT_ID at .env:2',
    ]);
  });

  it('tells an oidc_authority that was left as it came, beside a real authority', async () => {
    await using folder = await settingsFolder();
    await folder.write('parameters.json', {
      authority: `https://login.microsoftonline.com/${tenant}`,
      oidc_authority: 'https://login.contoso.com/Enter_the_Tenant_Name_Here/v2.0',
      client_id: clientId,
      secret: 's',
    });
    expect((await folder.refusal()).issues).toEqual([
      {
        path: 'authority',
        source: 'oidc_authority at parameters.json:3:21',
        message: "oidc_authority still holds the sample's placeholder, beside authority",
        hint: 'Keep authority and set oidc_authority to null, or the other way round.',
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
  ])('takes %j for a placeholder in every place', async (blank) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', {
      tenant: blank,
      clientId: blank,
      credential: { kind: 'client-secret', secret: blank },
    });
    expect((await folder.refusal()).issues).toMatchObject([
      { path: 'tenant', message: 'still holds a placeholder' },
      { path: 'clientId', message: 'still holds a placeholder' },
      { path: 'credential.secret', message: 'still holds a placeholder' },
    ]);
    await folder.write('rollcall.json', {
      ...sound,
      tenant: undefined,
      authority: `https://login.microsoftonline.com/${blank}`,
    });
    expect((await folder.refusal()).issues).toMatchObject([
      { path: 'authority', message: 'still holds a placeholder' },
    ]);
  });

  it('takes no real value for a placeholder', async () => {
    await using folder = await settingsFolder();
    const secret = 'x8Q~your<not>{a}placeholder/00000000';
    await folder.write('rollcall.json', {
      ...sound,
      tenant: 'contoso.com',
      credential: { kind: 'client-secret', secret },
    });
    expect(await folder.load()).toMatchObject({ warnings: [] });
  });

  it('forgives a placeholder that a stronger source replaces', async () => {
    await using folder = await settingsFolder();
    const file = pythonSecret.replace(/"oidc_authority": "[^"]*"/u, '"oidc_authority": null');
    await folder.write('parameters.json', file);
    const flags = { tenant, 'client-id': clientId, 'secret-file': '-' };
    expect(await folder.load({ flags })).toMatchObject({ tenant, clientId });
  });

  it('opens no connection on the way to any verdict', async () => {
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
    await folder.refusal();
    await folder.write('parameters.json', { ...file, authority: `${origin}/${tenant}` });
    await folder.load();
    server.close();
    expect(connections).toBe(0);
  });
});

describe('faults A7 row 80: secrets on the command line', () => {
  it.each(['secret', 'client-secret', 'password', 'certificate-password'] as const)(
    'refuses --%s and says what to use',
    async (flag) => {
      await using folder = await settingsFolder();
      await folder.write('rollcall.json', sound);
      const { issues, printed } = await folder.refusal({ flags: { [flag]: 'canary' } });
      expect(issues).toMatchObject([
        { source: `--${flag}`, hint: expect.stringContaining('--secret-file -') as string },
      ]);
      expect(printed).not.toContain('canary');
    },
  );

  it('warns of a password in --proxy, and not of one in HTTPS_PROXY', async () => {
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
    ['socks5://proxy.example:1080', 'is neither an http nor an https proxy', 'http://HOST:PORT'],
    [
      'http://user:100%canary@proxy.example:8080',
      'has a user or password with a % that begins no character',
      '% as %25',
    ],
    [
      'http://user%FF:canary@proxy.example:8080',
      'has a user or password with a % that begins no character',
      '% as %25',
    ],
  ])('%s is refused: %s', async (proxy, message, hint) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { issues, printed } = await folder.refusal({ environment: { HTTPS_PROXY: proxy } });
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

  it('takes host:port for http, and what is encoded in a password', async () => {
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

describe('faults A5 row 52: a secret that looks wrong', () => {
  it("warns when the secret's ID was pasted for its value", async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { warnings } = await folder.load({ environment: { AZURE_CLIENT_SECRET: tenant } });
    expect(warnings).toMatchObject([
      {
        path: 'credential.secret',
        source: 'AZURE_CLIENT_SECRET',
        message: 'looks like the ID of a secret, not its value',
      },
    ]);
    expect(JSON.stringify(warnings)).not.toContain(tenant);
  });

  it('warns of blanks around it, and of a variable that is set but empty', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const blanks = await folder.load({ environment: { AZURE_CLIENT_SECRET: 'abc ' } });
    expect(blanks.warnings).toMatchObject([{ message: 'begins or ends with a blank' }]);
    const empty = await folder.load({ environment: { AZURE_CLIENT_SECRET: '' } });
    expect(empty.warnings).toMatchObject([{ source: 'AZURE_CLIENT_SECRET' }]);
  });
});

describe('a token cache that nothing can seal', () => {
  const app = { tenant, clientId };

  it.each([{ kind: 'federated', github: true }, { kind: 'managed-identity' }])(
    'is warned of, once: %o',
    async (credential) => {
      await using folder = await settingsFolder();
      await folder.write('rollcall.json', { ...app, credential });
      const flags = { 'token-cache': 'file' };
      expect((await folder.load({ flags })).warnings).toEqual([
        {
          path: 'tokenCache',
          source: '--token-cache',
          message: `tokens of a ${credential.kind} credential stay in memory, as it has no secret to seal them by`,
          hint: 'Remove tokenCache: each process asks for a token of its own. To share one between processes, use a client certificate.',
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

  it('is not warned of where the credential can, or may', async () => {
    await using folder = await settingsFolder();
    for (const credential of [{ kind: 'client-secret', secret: 'a-b-c' }, { kind: 'auto' }]) {
      await folder.write('rollcall.json', { ...app, credential, tokenCache: 'file' });
      expect((await folder.load({})).warnings).toEqual([]);
    }
  });
});
