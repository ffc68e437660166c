import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leaks } from './canary.ts';
import { createStage } from './stage.ts';
import { startTenant, type Tenant } from './tenant.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const stage = createStage();
let tenant: Tenant;
let secret: string;
let certificateClient: string;
let both: string;

beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
  secret = tenant.secrets['the client secret'] ?? '';
  const given = JSON.parse(await readFile(tenant.certificateParameters, 'utf8')) as {
    client_id: string;
  };
  certificateClient = given.client_id;
  const key = await readFile(join(tenant.folder, 'client.key'), 'utf8');
  const certificate = await readFile(join(tenant.folder, 'client.crt'), 'utf8');
  both = join(tenant.folder, 'both.pem');
  await writeFile(both, key + certificate, { mode: 0o600 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

interface Way {
  readonly clientId?: string;
  readonly credential?: Record<string, unknown>;
  readonly flags?: readonly string[];
  readonly env?: Record<string, string>;
  readonly stdin?: string;
}

/** Asks for a token and then a user in this way, by a settings file in the native form. */
async function signIn({ clientId = tenant.clientId, credential, flags = [], env, stdin }: Way) {
  const config = join(tenant.folder, 'native.json');
  const settings = {
    authority: `${tenant.url}/${tenant.tenant}`,
    clientId,
    scope: 'https://graph.microsoft.com/.default',
    graph: `${tenant.url}/v1.0`,
    credential,
  };
  await writeFile(config, JSON.stringify(settings), { mode: 0o600 });
  const args = ['--config', config, '--ca', tenant.ca, ...flags];
  return stage.run('rollcall', ['users', 'count', ...args], { env, stdin });
}

const counted = { code: 0, stdout: '3\n' };

describe('signing in over HTTPS', () => {
  it('by the value of a secret, from file, flag, environment and standard input', async () => {
    const file = join(tenant.folder, 'secret');
    await writeFile(file, `${secret}\n`, { mode: 0o600 });
    for (const way of [
      { credential: { kind: 'client-secret', secretFile: file } },
      { flags: ['--secret-file', file] },
      { flags: ['--secret-file', '-'], stdin: `${secret}\n` },
      { env: { AZURE_CLIENT_SECRET: secret } },
      { credential: { kind: 'auto' }, env: { AZURE_CLIENT_SECRET: secret } },
    ])
      expect(await signIn(way)).toMatchObject({ ...counted, stderr: '' });
  });

  it('by a certificate: one file, two files, RS256, with its chain, by base64', async () => {
    const kind = 'client-certificate';
    const file = join(tenant.folder, 'client.key');
    const certificateFile = join(tenant.folder, 'client.crt');
    const content = (await readFile(both)).toString('base64');
    for (const own of [
      { file: both },
      { file, certificateFile },
      { file: both, algorithm: 'RS256' },
      { file: both, sendChain: true },
      { content },
    ])
      expect(
        await signIn({ clientId: certificateClient, credential: { kind, ...own } }),
      ).toMatchObject(counted);
    const env = { AZURE_CLIENT_CERTIFICATE_PATH: both };
    expect(await signIn({ clientId: certificateClient, env })).toMatchObject(counted);
  });

  it.runIf(hasOpenssl)('by PFX, new and old, and by an encrypted key', async () => {
    const pass = 'pass:opensesame';
    const from = [
      '-inkey',
      join(tenant.folder, 'client.key'),
      '-in',
      join(tenant.folder, 'client.crt'),
    ];
    const legacy = ['-provider', 'default', '-provider', 'legacy', '-legacy'];
    const files = { modern: [] as string[], old: legacy };
    for (const [name, options] of Object.entries(files)) {
      const file = join(tenant.folder, `${name}.pfx`);
      execFileSync('openssl', [
        'pkcs12',
        '-export',
        ...from,
        '-out',
        file,
        '-passout',
        pass,
        ...options,
      ]);
      await chmod(file, 0o600);
      const credential = { kind: 'client-certificate', file, password: 'opensesame' };
      expect(await signIn({ clientId: certificateClient, credential })).toMatchObject(counted);
      const wrong = { ...credential, password: 'canary-wrong' };
      const refused = await signIn({ clientId: certificateClient, credential: wrong });
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr).toContain('The PFX file does not open with the password given.');
    }
    const locked = join(tenant.folder, 'locked.key');
    execFileSync('openssl', [
      'pkey',
      '-in',
      join(tenant.folder, 'client.key'),
      '-aes256',
      '-passout',
      pass,
      '-out',
      locked,
    ]);
    await chmod(locked, 0o600);
    const certificateFile = join(tenant.folder, 'client.crt');
    const credential = {
      kind: 'client-certificate',
      file: locked,
      certificateFile,
      password: 'opensesame',
    };
    expect(await signIn({ clientId: certificateClient, credential })).toMatchObject(counted);
  });

  it('faults A5 row 58: a key that others may read is refused, with the line that mends it', async () => {
    const file = join(tenant.folder, 'open.pem');
    await writeFile(file, await readFile(both));
    await chmod(file, 0o644);
    await tenant.forget();
    const credential = { kind: 'client-certificate', file };
    const refused = await signIn({ clientId: certificateClient, credential });
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain(`chmod 600 '${file}'`);
    expect(await tenant.journal()).toEqual([]);
    const allowed = {
      clientId: certificateClient,
      credential,
      flags: ['--allow-weak-permissions'],
    };
    expect(await signIn(allowed)).toMatchObject(counted);
  });
});

describe('a managed identity', () => {
  let platform: Server;
  let address: string;
  let token: string;
  const asked: (string | undefined)[] = [];

  beforeAll(async () => {
    const raw = await stage.run('rollcall', ['token', '--raw', ...tenant.flags]);
    token = raw.stdout.trim();
    platform = createServer((request, response) => {
      asked.push(request.url);
      const known =
        request.headers['metadata'] === 'true' || request.headers['x-identity-header'] === 'h';
      response.writeHead(known ? 200 : 400, { 'content-type': 'application/json' });
      const expiresOn = Math.floor(Date.now() / 1000) + 3599;
      response.end(
        JSON.stringify({
          access_token: token,
          expires_in: '3599',
          expires_on: String(expiresOn),
          resource: 'https://graph.microsoft.com',
          token_type: 'Bearer',
        }),
      );
    });
    await new Promise<void>((resolve) => {
      platform.listen(0, '127.0.0.1', resolve);
    });
    address = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    platform.close();
    platform.closeAllConnections();
  });

  it('of a virtual machine, past a proxy that leads nowhere', async () => {
    const env = {
      AZURE_POD_IDENTITY_AUTHORITY_HOST: address,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: new URL(tenant.url).host,
    };
    const way = { credential: { kind: 'managed-identity', clientId: 'mine' }, env };
    expect(await signIn(way)).toMatchObject(counted);
    expect(asked.at(-1)).toContain('client_id=mine');
  });

  it('of App Service', async () => {
    const env = { IDENTITY_ENDPOINT: `${address}/msi/token`, IDENTITY_HEADER: 'h' };
    expect(await signIn({ credential: { kind: 'managed-identity' }, env })).toMatchObject(counted);
    expect(asked.at(-1)).toMatch(/^\/msi\/token\?.*resource=https/u);
  });

  it('faults A5 row 55: that is not there is said within two seconds of the start', async () => {
    const env = { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' };
    const refused = await signIn({ credential: { kind: 'managed-identity' }, env });
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('There is no managed identity here');
  });
});

it('never printed a secret, a key or a password', () => {
  const words = {
    ...tenant.secrets,
    'the wrong password': 'canary-wrong',
    'the password': 'opensesame',
  };
  const printed = stage.printed.filter(({ args }) => !args.includes('--raw'));
  expect(printed.length).toBeGreaterThan(15);
  expect(leaks(printed, words)).toEqual([]);
});
