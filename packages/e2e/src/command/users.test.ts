import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { leaks } from '../canary.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

interface User {
  readonly id: string;
  readonly userPrincipalName: string;
}

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 2500 });
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
const digest = (users: readonly User[]) =>
  createHash('sha256')
    .update(
      users
        .map(({ id }) => `${id}\n`)
        .toSorted()
        .join(''),
    )
    .digest('hex');

describe('users list', () => {
  it('faults A9 row 91: names with quotes find their own users and no others', async () => {
    type Named = User & { readonly displayName: string };
    const list = async (...more: readonly string[]): Promise<readonly Named[]> => {
      const { code, stdout } = await rollcall(
        'users list -o json --select id,displayName',
        ...more,
        ...tenant.flags,
      );
      expect(code).toBe(0);
      return JSON.parse(stdout) as Named[];
    };
    const allUsers = await list();
    const quoted = allUsers.find(({ displayName }) => /'.*'/u.test(displayName));
    for (const name of [quoted?.displayName ?? '', "' or 1 eq 1 or '", "'; drop table users; --"])
      expect(await list('--filter', `displayName eq '${name.replaceAll("'", "''")}'`)).toEqual(
        allUsers.filter(({ displayName }) => displayName === name),
      );
    expect(quoted).toBeDefined();
  });

  it('lists 2,500 users in three pages, each once, and proves it', async () => {
    const receipt = join(tenant.folder, 'receipt.json');
    const { code, stdout, stderr } = await rollcall(
      'users list -o ndjson --receipt',
      receipt,
      ...tenant.flags,
    );
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^complete: 2,500/u),
    });
    const users = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as User);
    expect(users).toHaveLength(2500);
    expect(new Set(users.map(({ id }) => id)).size).toBe(2500);
    const journal = await tenant.journal();
    const graph = journal.filter((entry) => entry.class === 'graph');
    const pages = journal.filter(({ path }) => path.startsWith('/v1.0/users?'));
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(pages.filter(({ path }) => path.includes('skiptoken'))).toHaveLength(2);
    expect(journal.filter((entry) => entry.class === 'token')).toHaveLength(1);
    const proof = JSON.parse(await readFile(receipt, 'utf8')) as Record<string, unknown>;
    expect(proof).toMatchObject({
      complete: true,
      reconciled: true,
      tenant: tenant.tenant,
      users: 2500,
      pages: 3,
      duplicates: 0,
      countAtStart: 2500,
      sha256: digest(users),
      requestIds: [graph[0]?.requestId, graph.at(-1)?.requestId],
    });
    expect((await stat(receipt)).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['parameters.json with a secret', 'parameters.json'],
    ['parameters.json with a certificate', 'certificate.parameters.json'],
  ])('takes the quickstart’s %s as it is', async (_, file) => {
    const config = join(tenant.folder, file);
    const { code, stdout } = await rollcall(
      'users list -o json --limit 3 --config',
      config,
      '--ca',
      tenant.ca,
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(3);
  });

  it('does not read parameters.json of the working folder, and says how to name it', async () => {
    const args = ['users', 'list', '--ca', 'ca.pem', '--limit', '1'];
    const unnamed = await stage.run('rollcall', args, { cwd: tenant.folder });
    expect(unnamed).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('Add --config ./parameters.json.') as string,
    });
    expect(await tenant.journal()).toEqual([]);
    const named = await stage.run('rollcall', [...args, '--config', './parameters.json'], {
      cwd: tenant.folder,
    });
    expect((JSON.parse(named.stdout) as User[]).length).toBe(1);
  });

  it('takes the Node sample’s .env as it is', async () => {
    const { code, stdout } = await rollcall(
      'users list --limit 2 -o csv --select id,userPrincipalName --env-file',
      join(tenant.folder, '.env'),
      '--ca',
      tenant.ca,
    );
    expect(code).toBe(0);
    expect(stdout.split(/\r?\n/u)[0]).toBe('id,userPrincipalName');
    expect(stdout.trim().split(/\r?\n/u)).toHaveLength(3);
  });

  it('writes a file that is whole, or none', async () => {
    const out = join(tenant.folder, 'users.ndjson');
    const first = await rollcall('users list --out', out, ...tenant.flags);
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: '' });
    const written = await readFile(out, 'utf8');
    expect(written.trim().split('\n')).toHaveLength(2500);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    await tenant.forget();
    const second = await rollcall('users list --out', out, ...tenant.flags);
    expect(second.code).toBe(7);
    expect(second.stderr).toContain('EEXIST');
    expect(await tenant.journal()).toEqual([]);
    expect(await readFile(out, 'utf8')).toBe(written);
  });

  it.each(['json', 'ndjson', 'csv', 'tsv', 'table'])('prints every user as %s', async (format) => {
    const { code, stdout } = await rollcall(
      `users list --select id --page-size 500 -o ${format}`,
      ...tenant.flags,
    );
    expect(code).toBe(0);
    expect(new Set(stdout.match(/[\da-f]{8}-[\da-f-]{27}/gu)).size).toBe(2500);
  });
});

describe('users get and count', () => {
  it('shows one user, by id and by userPrincipalName', async () => {
    const listed = await rollcall('users list --limit 40 -o json', ...tenant.flags);
    const users = JSON.parse(listed.stdout) as User[];
    const guest = users.find(({ userPrincipalName }) => userPrincipalName.includes('#EXT#'));
    for (const name of [users[0]?.id, users[0]?.userPrincipalName, guest?.userPrincipalName]) {
      const { code, stdout } = await rollcall('users get', name ?? '', ...tenant.flags);
      expect(code).toBe(0);
      expect([users[0]?.id, guest?.id]).toContain((JSON.parse(stdout) as User).id);
    }
  });

  it('shows those that exist, names those that do not, and exits 9', async () => {
    const listed = await rollcall('users list --limit 2 -o json', ...tenant.flags);
    const [one, two] = JSON.parse(listed.stdout) as [User, User];
    const { code, stdout, stderr } = await rollcall(
      `users get ${one.id} unknown@contoso.com ${two.id} -o ndjson`,
      ...tenant.flags,
    );
    expect(code).toBe(9);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as User).id),
    ).toEqual([one.id, two.id]);
    expect(stderr).toContain('unknown@contoso.com');
  });

  it('writes them to a file, with their managers, although one does not exist', async () => {
    const listed = await rollcall('users list --limit 20 -o json', ...tenant.flags);
    const ids = (JSON.parse(listed.stdout) as User[]).map(({ id }) => id);
    const out = join(tenant.folder, 'some.csv');
    const get = ['users get', ...ids, 'unknown@contoso.com --expand manager --out', out];
    expect((await rollcall(get.join(' '), ...tenant.flags)).code).toBe(9);
    const [header, ...rows] = (await readFile(out, 'utf8')).trimEnd().split('\r\n');
    expect(header).toContain('manager.id,manager.displayName');
    expect(rows).toHaveLength(20);
    const refused = await rollcall(get.join(' '), ...tenant.flags);
    expect(refused).toMatchObject({ code: 7, stdout: '' });
    expect(refused.stderr).toContain('--force');
  });

  it('counts', async () => {
    expect(await rollcall('users count', ...tenant.flags)).toMatchObject({
      code: 0,
      stdout: '2500\n',
      stderr: '',
    });
  });
});

describe('token, consent and config', () => {
  it('shows what a token says, and the token only with --raw', async () => {
    const shown = await rollcall('token', ...tenant.flags);
    const { claims } = JSON.parse(shown.stdout) as { claims: Record<string, unknown> };
    expect(claims).toMatchObject({ tid: tenant.tenant, roles: ['User.Read.All'] });
    // Not on the stage: this is the one command whose output is a secret.
    const raw = await createStage().run('rollcall', ['token', '--raw', ...tenant.flags]);
    expect(raw.stdout.trim().split('.')).toHaveLength(3);
  });

  it('prints the admin-consent URL without a request', async () => {
    const { code, stdout } = await rollcall('consent', ...tenant.flags);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${tenant.url}/${tenant.tenant}/adminconsent?client_id=${tenant.clientId}\n`,
    });
    expect(await tenant.journal()).toEqual([]);
  });

  it('shows settings with their sources, secrets redacted', async () => {
    const { code, stdout } = await rollcall('config show', ...tenant.flags);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      tenant: { value: tenant.tenant },
      'credential.secret': { value: '[redacted]' },
      caFile: { value: tenant.ca, source: '--ca' },
    });
    expect(await rollcall('config check', ...tenant.flags)).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('Configuration is valid.'),
    });
    expect(await tenant.journal()).toEqual([]);
  });
});

it('never printed a secret, a key or a token', async () => {
  const raw = await createStage().run('rollcall', ['token', '--raw', ...tenant.flags]);
  const [, payload = '', signature = ''] = raw.stdout.trim().split('.');
  expect(stage.printed.length).toBeGreaterThan(10);
  expect(
    leaks(stage.printed, {
      ...tenant.secrets,
      'a token’s signature': signature,
      'a token’s payload': payload.slice(40),
    }),
  ).toEqual([]);
  // A JWT of any kind: header and payload both begin with {" in base64url.
  expect(
    stage.printed.filter(({ stdout, stderr }) => /eyJ[\w-]+\.eyJ/u.test(stdout + stderr)),
  ).toEqual([]);
});
