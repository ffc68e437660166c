import { generateKeyPairSync } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
const wrongSecret = 'Wr0ng~canary.for+this/test';
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 30 });
});
beforeEach(async () => {
  await tenant.forget();
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

/** @param line the words that hold no spaces */
const rollcall = (line: string, ...more: readonly string[]) =>
  stage.run('rollcall', [...line.split(' '), ...more]);

/** Lists with a variation of the good parameters, and looks at what became of it. */
async function listWith(name: string, changes: Record<string, unknown>) {
  const config = await tenant.variation(`${name}.json`, changes);
  const flags = ['--config', config, '--ca', tenant.ca];
  const people = await rollcall('users list', ...flags);
  const json = await rollcall('users list --log-format json', ...flags);
  const error = JSON.parse(json.stderr.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect({ code: json.code, stdout: people.stdout + json.stdout }).toEqual({
    code: people.code,
    stdout: '',
  });
  for (const part of [/^error: /mu, /^ {2}code: /mu, /^ {2}hint: /mu])
    expect(people.stderr).toMatch(part);
  return { code: people.code, text: people.stderr, error };
}

async function certificateClient(): Promise<string> {
  const { stdout } = await rollcall(
    'config show --config',
    tenant.certificateParameters,
    '--ca',
    tenant.ca,
  );
  return (JSON.parse(stdout) as { clientId: { value: string } }).clientId.value;
}

describe('sign-in that is refused', () => {
  it('a wrong secret', async () => {
    const { code, text, error } = await listWith('wrong-secret', { secret: wrongSecret });
    expect(code).toBe(3);
    expect(error).toMatchObject({ code: 'E_TOKEN_REFUSED', category: 'authentication' });
    expect(text).toContain('AADSTS7000215');
    expect((await tenant.journal()).filter((entry) => entry.class === 'graph')).toEqual([]);
  });

  it('an unknown application', async () => {
    const { code, text, error } = await listWith('unknown-application', {
      client_id: '11111111-2222-4333-8444-555555555555',
    });
    expect(code).toBe(3);
    expect(error).toMatchObject({ code: 'E_TOKEN_REFUSED' });
    expect(text).toContain('AADSTS700016');
  });

  it('an unknown tenant', async () => {
    const { code, error } = await listWith('unknown-tenant', {
      authority: `${tenant.url}/99999999-2222-4333-8444-555555555555`,
    });
    expect(code).toBe(3);
    expect(String(error['message']) + String(error['hint'])).toMatch(/tenant/iu);
  });

  it('a certificate that is not registered', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const file = join(tenant.folder, 'other.key');
    await writeFile(file, privateKey, { mode: 0o600 });
    const { code, error } = await listWith('wrong-certificate', {
      client_id: await certificateClient(),
      secret: undefined,
      thumbprint: 'AB'.repeat(20),
      private_key_file: file,
    });
    expect(code).toBe(3);
    expect(error).toMatchObject({ category: 'authentication' });
  });
});

describe('an application without consent', () => {
  it('names the missing permission, and where to grant consent', async () => {
    const { code, stderr, stdout } = await rollcall(
      'users list --config',
      tenant.noConsentParameters,
      '--ca',
      tenant.ca,
    );
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain('User.Read.All');
    expect(stderr).toMatch(
      new RegExp(`${tenant.url}/${tenant.tenant}/adminconsent\\?client_id=[\\da-f-]{36}`, 'u'),
    );
    const refused = (await tenant.journal()).filter(({ status }) => status === 403);
    expect(stderr).toContain(refused.at(-1)?.requestId);
  });
});

describe('what does not exist', () => {
  it('a user: exit 9', async () => {
    const { code, stdout, stderr } = await rollcall(
      'users',
      'get',
      'unknown@contoso.com',
      ...tenant.flags,
    );
    expect({ code, stdout }).toEqual({ code: 9, stdout: '' });
    expect(stderr).toContain('unknown@contoso.com');
  });
});

const resolves = (host: string): Promise<boolean> =>
  lookup(host).then(
    () => true,
    () => false,
  );

describe('the network', () => {
  it('a server that is stopped: exit 5, naming host and port', async () => {
    const other = createStage();
    const gone = await startTenant(other, { users: 1 });
    const { url, flags } = gone;
    const config = await tenant.variation('gone.json', {
      endpoint: `${url}/v1.0/users`,
    });
    await gone[Symbol.asyncDispose]();
    expect(flags).not.toEqual(tenant.flags);
    const { code, stdout, stderr } = await rollcall(
      'users list --deadline 3s --config',
      config,
      '--ca',
      tenant.ca,
    );
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain(new URL(url).host);
  });

  it.for([
    ['endpoint', 'https://graph.rollcall.invalid/v1.0/users'],
    ['authority', 'https://login.rollcall.invalid/11111111-2222-4333-8444-555555555555'],
  ] as const)(
    'faults A2 row 17: an unknown host in %s: exit 2, or 5 where DNS finds no host at all',
    async ([key, url]) => {
      const { hostname } = new URL(url);
      const hasDns = await resolves('login.microsoftonline.com');
      const { code, text, error } = await listWith(`unknown-${key}`, { [key]: url });
      const [category, message] = hasDns
        ? ['usage', `the host ${hostname} does not exist`]
        : ['service', `DNS lookup failed for ${hostname}`];
      expect({ code, error }).toMatchObject({ code: hasDns ? 2 : 5, error: { category } });
      expect(text).toContain(message);
      expect(text).toContain('Check the host name');
    },
  );

  it('an unknown certificate authority: exit 6, naming the option that helps', async () => {
    const { code, stdout, stderr } = await rollcall('users list --config', tenant.parameters);
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toContain('--ca');
    expect(await tenant.journal()).toEqual([]);
  });
});

describe('invalid settings', () => {
  it('are reported in one error, each with its path, source and hint, and before any connection is opened', async () => {
    let connections = 0;
    const watch = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => watch.listen(0, '127.0.0.1', resolve));
    const { port } = watch.address() as AddressInfo;
    const config = join(tenant.folder, 'bad.json');
    await writeFile(
      config,
      JSON.stringify(
        {
          authority: `https://127.0.0.1:${port}/Enter_the_Tenant_Name_Here`,
          client_id: 'your_client_id',
          scope: 7,
          secret: 'Enter_the_Client_Secret_Here',
          thumbprint: 'AB'.repeat(20),
          private_key_file: 'server.pem',
          endpoint: `https://127.0.0.1:${port}/v1.0/users`,
          tenentId: 'x',
        },
        undefined,
        2,
      ),
      { mode: 0o600 },
    );
    const { code, stdout, stderr } = await rollcall('users list --config', config);
    watch.close();
    expect({ code, stdout, connections }).toEqual({ code: 2, stdout: '', connections: 0 });
    for (const line of [2, 3, 4, 5, 9]) expect(stderr).toContain(`bad.json:${line}:`);
    expect(stderr.match(/→/gu)?.length).toBeGreaterThanOrEqual(5);
    const again = await rollcall('config check --log-format json --config', config);
    expect(again.code).toBe(2);
    const { issues } = JSON.parse(again.stderr) as { issues: Record<string, string>[] };
    expect(issues.length).toBeGreaterThanOrEqual(5);
    for (const issue of issues)
      expect(issue).toMatchObject({
        path: expect.any(String) as string,
        source: expect.any(String) as string,
        message: expect.any(String) as string,
        hint: expect.any(String) as string,
      });
  });
});

it('never printed a secret, a key or a token', () => {
  expect(stage.printed.length).toBeGreaterThan(10);
  expect(leaks(stage.printed, { ...tenant.secrets, 'the wrong secret': wrongSecret })).toEqual([]);
  expect(
    stage.printed.filter(({ stdout, stderr }) => /eyJ[\w-]+\.eyJ/u.test(stdout + stderr)),
  ).toEqual([]);
});
