import { describe, expect, it } from 'vitest';

import { hintText } from '../errors/remedies.ts';
import { flagRemedies } from './sources/flag-remedies.ts';
import { openDirectory } from '../open-directory.ts';
import { clientId, settingsFolder, sound, tenant } from './testing/settings-folder.ts';

describe('faults A7 row 76: not exactly one credential', () => {
  const certificate = { kind: 'client-certificate', file: 'key.pem' };

  it.each<[string, object, Record<string, string>, string]>([
    [
      'a secret and a certificate in the environment',
      { tenant, clientId },
      { AZURE_CLIENT_SECRET: 'canary', AZURE_CLIENT_CERTIFICATE_PATH: 'key.pem' },
      'credential (AZURE_CLIENT_SECRET and AZURE_CLIENT_CERTIFICATE_PATH): Multiple credentials configured: client-secret and client-certificate',
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
      'credential.secret (rollcall.json:5:13): one of secret, secretFile is required',
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

  it('accepts credentials of other sources next to auto', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', { tenant, clientId, credential: { kind: 'auto' } });
    const environment = { AZURE_CLIENT_SECRET: 's', AZURE_FEDERATED_TOKEN_FILE: '/token' };
    expect((await folder.load({ environment })).credential).toEqual({ kind: 'auto' });
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
    const { credential } = await folder.load({
      flags: { tenant, 'client-id': clientId, 'secret-file': '-' },
    });
    expect(credential).toEqual({ kind: 'client-secret', secretFile: '-' });
  });
});

describe('faults A7 row 80: secrets on the command line', () => {
  const ofSecret = 'Use --secret-file FILE or AZURE_CLIENT_SECRET, and replace this secret.';
  const ofPassword =
    'Use credential.passwordFile or AZURE_CLIENT_CERTIFICATE_PASSWORD, and replace this secret.';

  it.each([
    ['secret', ofSecret],
    ['client-secret', ofSecret],
    ['password', ofPassword],
    ['certificate-password', ofPassword],
  ] as const)('rejects --%s and suggests alternatives', async (flag, hint) => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const { issues, printed } = await folder.rejection({ flags: { [flag]: 'canary' } });
    expect(issues).toMatchObject([{ source: `--${flag}` }]);
    expect(issues.map((issue) => hintText(issue, flagRemedies))).toEqual([hint]);
    expect(issues[0]?.hint).toMatch(/^Pass the secret in `credential\.(?:secret|password)`/u);
    expect(printed).not.toContain('canary');
  });

  it('warns about a password in --proxy, but not in HTTPS_PROXY', async () => {
    await using folder = await settingsFolder();
    await folder.write('rollcall.json', sound);
    const proxy = 'http://user:canary@proxy.example:8080';
    const flagged = await folder.load({ flags: { proxy } });
    expect(flagged.warnings).toMatchObject([{ path: 'proxy', source: '--proxy' }]);
    expect(flagged.warnings.map((warning) => hintText(warning, flagRemedies))).toEqual([
      'Set HTTPS_PROXY instead.',
    ]);
    expect(flagged.warnings[0]?.hint).not.toContain('HTTPS_PROXY');
    expect(JSON.stringify(flagged.warnings)).not.toContain('canary');
    expect((await folder.load({ environment: { HTTPS_PROXY: proxy } })).warnings).toEqual([]);
  });
});

describe('faults A5 row 52: a suspicious secret', () => {
  it('is reported as a warning when it looks like a secret ID', async () => {
    await using folder = await settingsFolder();
    const { warnings } = await folder.load({
      flags: { tenant, 'client-id': clientId },
      environment: { AZURE_CLIENT_SECRET: tenant },
    });
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
    const padded = await folder.load({
      flags: { tenant, 'client-id': clientId },
      environment: { AZURE_CLIENT_SECRET: 'abc ' },
    });
    expect(padded.warnings).toMatchObject([{ message: 'starts or ends with whitespace' }]);
    await folder.write('rollcall.json', sound);
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
