import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const stage = createStage();
let tenant: Tenant;
let certificateClient: string;
let both: string;

beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
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
}

/** Asks for a token and then a user in this way, by a settings file in the native form. */
async function signIn({ clientId = tenant.clientId, credential, flags = [], env }: Way) {
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
  return stage.run('rollcall', ['users', 'count', ...args], { env });
}

const counted = { code: 0, stdout: '3\n' };

/** Which credentials work is shown by strategies.test.ts. */
describe('a certificate', () => {
  it.runIf(hasOpenssl)(
    'whose password is wrong is said to be so, and the password is not shown',
    async () => {
      const file = join(tenant.folder, 'locked.pfx');
      const from = ['-inkey', join(tenant.folder, 'client.key')];
      from.push('-in', join(tenant.folder, 'client.crt'), '-out', file);
      execFileSync('openssl', ['pkcs12', '-export', ...from, '-passout', 'pass:opensesame']);
      await chmod(file, 0o600);
      const credential = { kind: 'client-certificate', file, password: 'canary-wrong' };
      const refused = await signIn({ clientId: certificateClient, credential });
      expect(refused).toMatchObject({ code: 3, stdout: '' });
      expect(refused.stderr).toContain('The PFX file cannot be decrypted with this password.');
    },
  );

  it('faults A5 row 58: a key that other users can read is refused, with the command that fixes it', async () => {
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
  it('is asked past a proxy that leads nowhere', async () => {
    const { managedIdentity } = (await (await fetch(`${tenant.control}/tenant`)).json()) as {
      readonly managedIdentity: { readonly imds: string };
    };
    const env = {
      AZURE_POD_IDENTITY_AUTHORITY_HOST: managedIdentity.imds,
      HTTPS_PROXY: 'http://127.0.0.1:9',
      NO_PROXY: new URL(tenant.url).host,
    };
    const credential = { kind: 'managed-identity' };
    expect(await signIn({ credential, env })).toMatchObject(counted);
  });

  it('faults A5 row 55: that is not there is said within two seconds of the start', async () => {
    const env = { AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9' };
    const refused = await signIn({ credential: { kind: 'managed-identity' }, env });
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain('No managed identity is available');
  });
});

it('never printed a secret, a key or a password', () => {
  const words = {
    ...tenant.secrets,
    'the wrong password': 'canary-wrong',
    'the password': 'opensesame',
  };
  const printed = stage.printed.filter(({ args }) => !args.includes('--raw'));
  expect(printed.length).toBeGreaterThan(4);
  expect(leaks(printed, words)).toEqual([]);
});
