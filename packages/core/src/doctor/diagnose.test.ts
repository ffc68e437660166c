import { describe, expect, it } from 'vitest';

import { makeCertifiedKey } from '../credential/testing/certified-key.ts';
import { createTemporaryFolder } from '../credential/testing/temporary-folder.ts';
import { exitCodes, internalError } from '../errors/exit-codes.ts';
import { NetworkError } from '../errors/network-error.ts';
import { ProxyError } from '../errors/proxy-error.ts';
import { SettingsError } from '../errors/settings-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { TlsError } from '../errors/tls-error.ts';
import { type GivenSettings, parseSettings } from '../settings/parse-settings.ts';
import { Secret } from '../secret.ts';
import { stepNames } from './step-names.ts';
import { examine, healthySettings, tokenWith, type Ailment } from './testing/examine.ts';
import type { Verdict } from './verdict.ts';

function coded(code: string): Error {
  return Object.assign(new Error('not to be shown: canary'), { code });
}

/** The one step that failed or warned; undefined when nothing did. */
function trouble(verdicts: readonly Verdict[]): Verdict | undefined {
  const found = verdicts.filter(({ verdict }) => verdict === 'failed' || verdict === 'warning');
  expect(found.length).toBeLessThan(2);
  return found[0];
}

describe('doctor', () => {
  it('runs every step in order, and reports no problem of a configuration that works', async () => {
    const { verdicts, platform } = await examine();
    expect(verdicts.map(({ step, verdict }) => `${step}: ${verdict}`)).toEqual([
      'settings: ok',
      'clock: ok',
      'DNS: ok',
      'TLS: ok',
      'authority: ok',
      'credential: ok',
      'token: ok',
      'permission: ok',
      'first user: ok',
      'latency: ok',
    ]);
    expect(verdicts.every(({ hint }) => hint === undefined)).toBe(true);
    expect(verdicts.find(({ step }) => step === 'first user')?.message).toBe('Ada (u1).');
    expect(verdicts.find(({ step }) => step === 'token')?.message).toMatch(
      /expires in 60 minutes\.$/u,
    );
    expect(verdicts.at(-1)?.facts).toEqual({
      endpoints: [
        {
          name: 'sign-in',
          host: 'login.microsoftonline.com',
          dns: 0,
          connect: 11,
          tls: 22,
          response: 0,
        },
        { name: 'Graph', host: 'graph.microsoft.com', dns: 0, connect: 11, tls: 22, response: 0 },
      ],
    });
    expect(JSON.stringify(verdicts)).not.toContain('canary');
    expect(platform.requests.map(({ method, url }) => `${method} ${url.host}`)).toEqual([
      'GET login.microsoftonline.com',
      'POST login.microsoftonline.com',
      'GET graph.microsoft.com',
    ]);
  });

  type Row = readonly [what: string, ailment: Ailment, expected: Partial<Verdict>];
  const failures: readonly Row[] = [
    [
      'settings that cannot be loaded',
      {
        given: () => {
          throw new SettingsError([{ path: 'tenant', message: 'is missing', hint: 'Give it.' }]);
        },
      },
      { step: 'settings', code: 'E_SETTINGS', exitCode: exitCodes.usage, hint: 'Give it.' },
    ],
    [
      'a CA file that is not there',
      { settings: { caFile: '/nonexistent/ca.pem' }, handshake: () => ({}) },
      { step: 'settings', code: 'E_SETTINGS' },
    ],
    [
      'a query that cannot be asked',
      { options: { query: { pageSize: 1000 } } },
      { step: 'settings', code: 'E_QUERY', exitCode: exitCodes.usage },
    ],
    [
      'an unknown host',
      {
        settings: { authority: new URL('https://login.exmaple/tenant') },
        addresses: (host) => (host === 'login.exmaple' ? coded('ENOTFOUND') : ['192.0.2.1']),
      },
      {
        step: 'DNS',
        code: 'E_SETTINGS',
        exitCode: exitCodes.usage,
        message:
          'Invalid configuration: authority (parameters.json:2:16): the host login.exmaple (sign-in) does not exist (ENOTFOUND)',
        remedy: { code: 'check-host-name' },
      },
    ],
    [
      "a network in which Microsoft's own names are unknown",
      { addresses: () => coded('ENOTFOUND') },
      { step: 'DNS', code: 'E_NETWORK', exitCode: exitCodes.service },
    ],
    ...(['authority', 'graph', 'proxy'] as const).map((setting): Row => [
      `an outage of DNS that is reported as an unknown host of the setting ${setting}`,
      {
        settings:
          setting === 'proxy'
            ? { proxy: new Secret('http://proxy.example:3128') }
            : { [setting]: new URL(`https://${setting}.example/tenant`) },
        addresses: () => coded('ENOTFOUND'),
      },
      { step: 'DNS', code: 'E_NETWORK', exitCode: exitCodes.service },
    ]),
    [
      'DNS that does not answer',
      { addresses: () => coded('EAI_AGAIN') },
      { step: 'DNS', code: 'E_NETWORK', hint: expect.stringContaining('getent') as string },
    ],
    [
      'an unknown proxy',
      {
        settings: { proxy: new Secret('http://user:canary@proxy.example:3128') },
        addresses: (host) => (host === 'proxy.example' ? coded('ENOTFOUND') : ['192.0.2.1']),
      },
      {
        step: 'DNS',
        exitCode: exitCodes.usage,
        message:
          'Invalid configuration: proxy: the host proxy.example (the proxy for sign-in) does not exist (ENOTFOUND)',
        remedy: { code: 'check-host-name' },
      },
    ],
    [
      'a certificate of an untrusted CA',
      { handshake: () => ({ distrust: 'SELF_SIGNED_CERT_IN_CHAIN', issuer: 'Corp CA' }) },
      {
        step: 'TLS',
        code: 'E_TLS',
        exitCode: exitCodes.integrity,
        message: expect.stringContaining('issued by an untrusted CA: Corp CA') as string,
        remedy: { code: 'trust-certificate' },
      },
    ],
    [
      'an expired certificate of Graph',
      {
        handshake: ({ host }) =>
          host.startsWith('graph')
            ? { distrust: 'CERT_HAS_EXPIRED', validTo: Date.UTC(2026, 9, 1) }
            : {},
      },
      {
        step: 'TLS',
        message:
          'graph.microsoft.com (Graph) uses a certificate that expired on 2026-10-01 (CERT_HAS_EXPIRED).',
        hint: 'If today is not 2026-11-22, set the clock of this machine. Otherwise ask the operator of graph.microsoft.com to renew the certificate.',
      },
    ],
    [
      'a certificate for another host',
      { handshake: () => ({ distrust: 'ERR_TLS_CERT_ALTNAME_INVALID', names: 'DNS:x.example' }) },
      { step: 'TLS', code: 'E_TLS', message: expect.stringContaining('DNS:x.example') as string },
    ],
    [
      'a host that does not answer',
      {
        handshake: ({ hostname }) =>
          hostname.startsWith('graph')
            ? new NetworkError({ host: hostname, port: 443 }, 'ECONNREFUSED')
            : {},
      },
      {
        step: 'TLS',
        code: 'E_NETWORK',
        exitCode: exitCodes.service,
        message: 'Cannot connect to graph.microsoft.com (Graph): ECONNREFUSED.',
        hint: 'Check the network: if only a proxy leads to the internet, configure the setting `proxy` or HTTPS_PROXY; otherwise ask the firewall administrator to allow graph.microsoft.com:443.',
      },
    ],
    [
      'another host than Microsoft’s that does not respond',
      {
        settings: { authority: new URL('https://login.example:8443/tenant') },
        handshake: () => new TimeoutError({ host: 'login.example', port: 8443 }, 'connect', 10_000),
      },
      {
        step: 'TLS',
        code: 'E_TIMEOUT',
        hint: expect.stringMatching(
          /^Correct the setting authority \(parameters\.json:2:16\)\. If .* to allow login\.example:8443\.$/u,
        ) as string,
      },
    ],
    [
      'a port on which nothing listens',
      {
        settings: { authority: new URL('https://login.example:8443/tenant') },
        handshake: () => new NetworkError({ host: 'login.example', port: 8443 }, 'ECONNREFUSED'),
      },
      {
        step: 'TLS',
        code: 'E_NETWORK',
        hint: 'Correct the setting authority (parameters.json:2:16): nothing is listening on this host and port.',
      },
    ],
    [
      'a proxy that does not answer',
      {
        settings: { proxy: new Secret('http://user:canary@proxy.example:3128') },
        handshake: (_, proxy) =>
          new ProxyError({ host: proxy?.hostname ?? '', port: 3128 }, 'ECONNREFUSED', {
            retryable: true,
          }),
      },
      {
        step: 'TLS',
        code: 'E_PROXY',
        message: 'Cannot connect to the proxy proxy.example:3128 (ECONNREFUSED).',
      },
    ],
    [
      'a port without TLS',
      { handshake: () => new TlsError({ host: 'x', port: 80 }, 'ERR_SSL_WRONG_VERSION_NUMBER') },
      {
        step: 'TLS',
        code: 'E_TLS',
        message: expect.stringContaining('does not speak TLS') as string,
      },
    ],
    [
      'a host that supports only old TLS versions',
      {
        handshake: () =>
          new TlsError({ host: 'x', port: 443 }, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'),
      },
      { step: 'TLS', message: expect.stringContaining('does not support TLS 1.2') as string },
    ],
    [
      'an unknown tenant',
      {
        discovery: {
          status: 400,
          body: { error: 'invalid_tenant', error_codes: [90002], trace_id: 'trace-1' },
        },
      },
      {
        step: 'authority',
        code: 'E_TOKEN_REFUSED',
        exitCode: exitCodes.authentication,
        requestId: 'trace-1',
        hint: expect.stringContaining('Tenant ID') as string,
      },
    ],
    [
      'an authority that is some other site',
      { discovery: { status: 404, body: '<html>not here</html>' } },
      { step: 'authority', code: 'E_PROTOCOL', exitCode: exitCodes.integrity },
    ],
    [
      'a sign-in page of the network in the place of the authority',
      {
        discovery: {
          status: 200,
          body: '<html>Welcome to the lobby</html>',
          headers: { 'content-type': 'text/html; charset=utf-8' },
        },
      },
      {
        step: 'authority',
        code: 'E_PROTOCOL',
        message:
          'login.microsoftonline.com did not respond like the Microsoft identity platform (200, text/html).',
      },
    ],
    [
      'an authority that is unavailable',
      { discovery: { status: 503, body: '' } },
      { step: 'authority', code: 'E_UNAVAILABLE', exitCode: exitCodes.service },
    ],
    [
      'an authority that resets connections',
      { discovery: new NetworkError({ host: 'login', port: 443 }, 'ECONNRESET') },
      { step: 'authority', code: 'E_NETWORK', exitCode: exitCodes.service },
    ],
    [
      'a secret file that is not there',
      { settings: { credential: { kind: 'client-secret', secretFile: '/nonexistent/secret' } } },
      {
        step: 'credential',
        code: 'E_CREDENTIAL',
        exitCode: exitCodes.authentication,
        hint: expect.stringContaining('Check the path') as string,
      },
    ],
    [
      "a secret's ID in place of its value",
      { token: { status: 401, body: { error: 'invalid_client', error_codes: [7000215] } } },
      {
        step: 'token',
        code: 'E_TOKEN_REFUSED',
        aadsts: 7000215,
        hint: expect.stringContaining('not its Secret ID') as string,
      },
    ],
    [
      'a token endpoint that throttles for long',
      { token: { status: 429, headers: { 'retry-after': '120' }, body: '' } },
      { step: 'token', code: 'E_THROTTLED', exitCode: exitCodes.service },
    ],
    [
      'no consent at all',
      { token: tokenWith({}) },
      {
        step: 'permission',
        code: 'E_FORBIDDEN',
        exitCode: exitCodes.permission,
        hint: expect.stringMatching(
          /User\.Read\.All.*https:\/\/login\.microsoftonline\.com\/[\w-]+\/adminconsent\?client_id=/u,
        ) as string,
        message: expect.stringContaining('has no roles') as string,
      },
    ],
    [
      'another permission than the one that is needed',
      { token: tokenWith({ roles: ['Group.Read.All'] }) },
      {
        step: 'permission',
        message:
          'None of the roles of the token (Group.Read.All) lists users: User.Read.All is missing.',
      },
    ],
    [
      'too little for a property that is asked for',
      { options: { query: { select: ['id', 'signInActivity'] } } },
      {
        step: 'permission',
        message:
          'None of the roles of the token (User.Read.All) reads signInActivity: AuditLog.Read.All is missing.',
      },
    ],
    [
      'a Graph that refuses all the same',
      { graph: { status: 403, body: { error: { code: 'Authorization_RequestDenied' } } } },
      { step: 'first user', code: 'E_ACCESS_DENIED', exitCode: exitCodes.permission },
    ],
    [
      'a bug, without showing its message',
      { addresses: () => ['x'], handshake: () => coded('E_CANARY') },
      { step: 'TLS', code: 'E_INTERNAL', exitCode: internalError },
    ],
  ];

  it.each(failures)('stops at %s', async (_, ailment, expected) => {
    const { verdicts, platform } = await examine(ailment);
    const found = trouble(verdicts);
    expect(found).toMatchObject({ verdict: 'failed', ...expected });
    expect(found?.hint).toMatch(/\S\.$|\S$/u);
    const at = verdicts.findIndex(({ step }) => step === found?.step);
    expect(verdicts.slice(at + 1)).toEqual(
      stepNames.slice(at + 1).map((step) => ({
        step,
        verdict: 'not-run',
        message: `Skipped: the step ${found?.step} failed.`,
        milliseconds: null,
      })),
    );
    expect(JSON.stringify(verdicts)).not.toContain('canary');
    // A person waits for the result.
    expect(Math.max(0, ...platform.clock.sleeps)).toBeLessThanOrEqual(5_000);
  });

  it.each<[what: string, ailment: Ailment, expected: Partial<Verdict>]>([
    [
      'settings that warn',
      {
        settings: {
          warnings: [
            { path: 'credential.secret', source: 'x:1', message: 'looks odd', hint: 'Look.' },
            { path: 'other', source: 'x:2', message: 'is odd', hint: 'Look there.' },
          ],
        },
      },
      {
        step: 'settings',
        message: expect.stringContaining('looks odd (and 1 more') as string,
        hint: 'Look.',
      },
    ],
    [
      'a clock that is 10 minutes ahead',
      {
        discovery: {
          body: { issuer: 'i', token_endpoint: 't' },
          headers: { date: 'Sun, 22 Nov 2026 11:50:00 GMT' },
        },
      },
      {
        step: 'clock',
        message:
          "The local time is 2026-11-22 12:00:00 UTC, which is 10 min ahead of the service's clock.",
        facts: { skewSeconds: 600 },
        hint: expect.stringContaining('timedatectl') as string,
      },
    ],
    [
      'a tenant of another cloud',
      {
        discovery: {
          body: { issuer: 'i', token_endpoint: 't', msgraph_host: 'graph.microsoft.us' },
        },
      },
      { step: 'authority', hint: expect.stringContaining('Set cloud') as string },
    ],
    [
      'a token with a short lifetime',
      { token: tokenWith({ roles: ['User.Read.All'] }, 120) },
      {
        step: 'token',
        facts: expect.objectContaining({ lifetimeSeconds: 120 }) as Verdict['facts'],
      },
    ],
    [
      'a role that shows little',
      { token: tokenWith({ roles: ['User.ReadBasic.All'] }) },
      { step: 'permission', hint: expect.stringContaining('User.Read.All') as string },
    ],
    [
      'an empty tenant',
      { graph: { body: { value: [] } } },
      { step: 'first user', hint: expect.stringContaining('the intended tenant') as string },
    ],
    [
      'a filter that matches no user',
      { graph: { body: { value: [] } }, options: { query: { filter: "id eq 'x'" } } },
      { step: 'first user', message: 'No user matches the filter or search.' },
    ],
    [
      'a slow connection',
      { handshake: () => ({ connect: 4_000 }) },
      { step: 'latency', hint: expect.stringContaining('VPN, proxy') as string },
    ],
  ])('warns of %s, and goes on', async (_, ailment, expected) => {
    const { verdicts } = await examine(ailment);
    expect(trouble(verdicts)).toMatchObject({ verdict: 'warning', ...expected });
    expect(verdicts.some(({ verdict }) => verdict === 'not-run')).toBe(false);
  });

  it('says that a certificate suffers from a wrong clock', async () => {
    const { verdicts } = await examine({
      settings: { credential: { kind: 'client-certificate', file: '/nonexistent' } },
      discovery: { body: {}, headers: { date: 'Sun, 22 Nov 2026 12:10:00 GMT' } },
    });
    expect(verdicts[1]?.message).toContain('rejects assertions that are signed with this clock');
  });

  it('goes through a proxy, but not to what NO_PROXY lists, and shows no password', async () => {
    const proxy = new Secret('http://user:canary@proxy.example:3128');
    const { verdicts, shaken } = await examine({
      settings: { proxy, noProxy: 'graph.microsoft.com' },
    });
    expect(trouble(verdicts)).toBeUndefined();
    expect(shaken).toEqual([
      ['login.microsoftonline.com', 'proxy.example:3128'],
      ['graph.microsoft.com', undefined],
    ]);
    expect(verdicts.find(({ step }) => step === 'DNS')?.message).toContain(
      'proxy.example (the proxy, which looks up login.microsoftonline.com) is 192.0.2.1',
    );
    expect(JSON.stringify(verdicts)).not.toContain('canary');
  });

  it('does not ask an authority that no token comes from', async () => {
    const jwt = (tokenWith({ scp: 'User.Read.All' }).body as { access_token: string }).access_token;
    const { verdicts, platform } = await examine({
      given: {
        tenant: 'contoso.example',
        credential: { getToken: async () => ({ token: jwt, expiresOnTimestamp: 1e13 }) },
      },
    });
    expect(trouble(verdicts)).toBeUndefined();
    expect(verdicts.filter(({ verdict }) => verdict === 'skipped')).toMatchObject([
      { step: 'authority', message: expect.stringContaining('passed in') },
      { step: 'credential', message: expect.stringContaining('passed in') },
    ]);
    expect(new Set(platform.requests.map(({ url }) => url.host))).toEqual(
      new Set(['graph.microsoft.com']),
    );
    expect(verdicts.at(-1)?.message).toMatch(/^Graph /u);
  });

  it('repeats the message of an external credential', async () => {
    const { verdicts } = await examine({
      given: {
        tenant: 'contoso.example',
        credential: { getToken: () => Promise.reject(new RangeError('not logged in')) },
      },
    });
    expect(trouble(verdicts)).toMatchObject({
      step: 'token',
      code: 'E_CREDENTIAL',
      message: 'The credential that was passed in returned no token. RangeError: not logged in',
    });
  });

  it('names the file of a credential that is wrong, and the modes of those that are right', async () => {
    await using folder = await createTemporaryFolder();
    const good = await makeCertifiedKey();
    const other = await makeCertifiedKey();
    const file = await folder.write('both.pem', good.keyPem + good.certificatePem);
    const healthy = await examine({
      settings: { credential: { kind: 'client-certificate', file } },
    });
    const found = healthy.verdicts.find(({ step }) => step === 'credential');
    expect(found).toMatchObject({
      verdict: 'ok',
      message: expect.stringContaining(`in 365 days. ${file} has mode 0600.`),
      facts: { kind: 'client-certificate', daysLeft: 365, modes: { [file]: '0600' } },
    });
    await folder.write('both.pem', good.keyPem + other.certificatePem);
    const broken = await examine({
      settings: { credential: { kind: 'client-certificate', file } },
    });
    expect(trouble(broken.verdicts)?.message).toBe(
      `${file}: The private key does not belong to the certificate.`,
    );
  });

  it('says how to create settings when there are none', async () => {
    const { verdicts } = await examine({ given: () => parseSettings({} as GivenSettings) });
    expect(trouble(verdicts)).toMatchObject({
      step: 'settings',
      remedy: { code: 'create-settings' },
      issues: expect.arrayContaining([expect.objectContaining({ path: 'tenant' })]),
    });
  });

  it('leaves the permission to the first user where the token cannot be read', async () => {
    const { verdicts } = await examine({
      token: { body: { token_type: 'Bearer', expires_in: 3599, access_token: 'opaque' } },
    });
    expect(verdicts.filter(({ verdict }) => verdict === 'skipped')).toMatchObject([
      { step: 'permission' },
    ]);
  });

  it('ends when the deadline passes, and says so', async () => {
    const { verdicts } = await examine({
      settings: { limits: { ...healthySettings.limits, deadline: 50 } },
      token: { status: 503, body: '' },
    });
    expect(trouble(verdicts)).toMatchObject({ verdict: 'failed', code: 'E_DEADLINE' });
  });

  it('stops when told to, with the reason', async () => {
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(examine({ options: { signal: stop.signal } })).rejects.toThrow('enough');
  });
});
