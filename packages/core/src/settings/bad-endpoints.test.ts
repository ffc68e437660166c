import { describe, expect, it } from 'vitest';

import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

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
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$select=id,,mail' }, 'graph', '$select'],
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$filter=' }, 'graph', '$filter'],
    [{ graph: 'https://graph.microsoft.com/v1.0/users?$count=yes' }, 'graph', '$count'],
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

it.each([
  ['$count=true', { count: true }],
  ['$select=id&$count=true', { count: true, select: ['id'] }],
  ['$count=false', { count: false }],
])('faults A11 row 113: keeps %s of the endpoint', async (options, query) => {
  await using folder = await settingsFolder();
  await folder.write('parameters.json', {
    authority: `https://login.microsoftonline.com/${tenant}`,
    client_id: clientId,
    secret: 's',
    endpoint: `https://graph.microsoft.com/v1.0/users?${options}`,
  });
  expect((await folder.load()).query).toEqual(query);
});

describe('a proxy', () => {
  it.each([
    ['http://', 'is not a URL', 'http://HOST:PORT'],
    ['http://proxy.example:8080/path', 'contains more than host and port', 'http://HOST:PORT'],
    ['http://proxy.example:8080?canary', 'contains more than host and port', 'http://HOST:PORT'],
    ['http://proxy.example:8080/#canary', 'contains more than host and port', 'http://HOST:PORT'],
    ['http://DOMAIN\\canary:pw@proxy.example:8080', 'contains more than host and port', '%5C'],
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

describe('faults A7 row 78: a token is sent only to a host that fits its cloud', () => {
  const host = 'https://graph.collector.example/v1.0';
  const azure = {
    AZURE_TENANT_ID: tenant,
    AZURE_CLIENT_ID: clientId,
    AZURE_CLIENT_SECRET: 'canary',
  };
  const custom = `https://login.collector.example/${tenant}`;

  it.each<[string, object | undefined, Record<string, string>, object]>([
    ['a flag', undefined, azure, { graph: host }],
    ['a flag, and a file without an authority', sound, {}, { graph: host }],
    [
      'a flag, with the scope of Graph',
      { ...sound, scope: 'https://graph.microsoft.com/.default' },
      {},
      { graph: host },
    ],
    ['a variable', undefined, { ...azure, GRAPH_ENDPOINT: host }, {}],
    ['a variable of our own', sound, { ROLLCALL_GRAPH: host }, {}],
    ['a file', { ...sound, graph: host }, {}, {}],
    [
      'a quickstart file',
      { tenant, client_id: clientId, secret: 'canary', endpoint: `${host}/users` },
      {},
      {},
    ],
    ['a file with a domain as tenant', { ...sound, tenant: 'contoso.com', graph: host }, {}, {}],
    ['a file with a cloud', { ...sound, cloud: 'global', graph: host }, {}, {}],
    ['a flag with a cloud', sound, {}, { cloud: 'global', graph: host }],
    [
      'a file with an authority of a cloud',
      { ...sound, authority: `https://login.microsoftonline.com/${tenant}`, graph: host },
      {},
      {},
    ],
    [
      'a flag, and a file with an authority of its own',
      { ...sound, authority: custom },
      {},
      { graph: host },
    ],
    [
      'a file, and a variable with an authority of its own',
      { ...sound, graph: host },
      { ROLLCALL_AUTHORITY: custom },
      {},
    ],
    [
      'a name that resembles Graph',
      { ...sound, graph: 'https://graph.microsoft.com.collector.example' },
      {},
      {},
    ],
    ['another port of Graph', { ...sound, graph: 'https://graph.microsoft.com:8443' }, {}, {}],
  ])('another Graph root by %s is rejected', async (_, file, environment, flags) => {
    await using folder = await settingsFolder();
    if (file !== undefined) await folder.write('rollcall.json', file);
    const { issues, printed } = await folder.rejection({ environment, flags });
    expect(issues).toMatchObject([{ path: 'graph' }]);
    expect(printed).not.toContain('canary');
  });

  it.each<[string, object, Record<string, string>, object]>([
    ['a file', { ...sound, authority: custom, graph: host }, {}, {}],
    ['flags', sound, {}, { authority: custom, graph: host }],
    ['variables', sound, { ROLLCALL_AUTHORITY: custom, ROLLCALL_GRAPH: host }, {}],
  ])(
    'another Graph root with an authority next to it in %s is accepted',
    async (_, file, environment, flags) => {
      await using folder = await settingsFolder();
      await folder.write('rollcall.json', file);
      const { cloud, scopes } = await folder.load({ environment, flags });
      expect({ cloud, scopes }).toEqual({
        cloud: 'custom',
        scopes: ['https://graph.collector.example/.default'],
      });
    },
  );
});
