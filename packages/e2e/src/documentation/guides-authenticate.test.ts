import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { commandsOf, configOf } from './guide.ts';
import { blockOf, readPage } from './page-blocks.ts';
import { githubJob } from '../sign-in/ways/by-federation.ts';
import type { Platforms } from '../sign-in/ways/way.ts';
import { createStage } from '../stage.ts';
import { startTenant } from '../tenant.ts';

const stage = createStage();
const tenant = await startTenant(stage, { users: 3 });
const platforms = (await (await fetch(`${tenant.control}/tenant`)).json()) as Platforms;
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const certificate = JSON.parse(await readFile(tenant.certificateParameters, 'utf8')) as {
  readonly client_id: string;
};

interface Guide {
  readonly page: string;
  /** The application of the sandbox that has the credential of the guide. */
  readonly clientId?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Creates the files that the steps of the guide create. */
  readonly prepare?: (folder: string) => Promise<void>;
}

const guides: readonly Guide[] = [
  {
    page: 'authenticate-with-a-secret',
    clientId: tenant.clientId,
    prepare: (folder) =>
      writeFile(join(folder, 'client.secret'), `${tenant.secrets['the client secret']}\n`, {
        mode: 0o600,
      }),
  },
  {
    page: 'authenticate-with-a-certificate',
    clientId: certificate.client_id,
    async prepare(folder) {
      const key = await readFile(join(tenant.folder, 'client.key'), 'utf8');
      const pem = key + (await readFile(join(tenant.folder, 'client.crt'), 'utf8'));
      await writeFile(join(folder, 'client.pem'), pem, { mode: 0o600 });
    },
  },
  {
    page: 'authenticate-with-federation',
    clientId: platforms.federatedClient.clientId,
    env: githubJob(platforms.pipelines.github),
  },
  {
    page: 'authenticate-with-managed-identity',
    env: { AZURE_POD_IDENTITY_AUTHORITY_HOST: platforms.managedIdentity.imds },
  },
];

describe.concurrent('the guides to authentication', () => {
  it.each(guides)('$page: its commands print what it shows', async (guide) => {
    const page = readPage(`guides/${guide.page}.md`);
    const folder = await mkdtemp(join(tenant.folder, 'guide-'));
    await guide.prepare?.(folder);
    await writeFile(join(folder, 'rollcall.json'), configOf(page, tenant, guide.clientId));
    const commands = commandsOf(page);
    expect(commands.length).toBeGreaterThan(0);
    for (const [command, output] of commands) {
      const [program, ...args] = command.split(' ');
      expect(program).toBe('rollcall');
      const options = { cwd: folder, env: guide.env };
      const result = await stage.run('rollcall', [...args, '--ca', tenant.ca], options);
      expect(result).toMatchObject({ code: 0, stdout: output });
    }
  });

  it('creates a key and a certificate with the commands of the guide', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'openssl-'));
    const scripts = readPage('guides/authenticate-with-a-certificate.md')
      .blocks.filter(({ language }) => language === 'sh')
      .map(({ code }) => code);
    const run = (script: string) =>
      execFileSync('bash', ['-e', '-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
    const [create = '', check = ''] = scripts;
    run(create);
    expect((await stat(join(folder, 'client.pem'))).mode % 0o1000).toBe(0o600);
    expect(run(check)).toContain('key and certificate match');
  });

  it('stores a secret in a private file with the command of the guide', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'install-'));
    const script = readPage('guides/authenticate-with-a-secret.md').blocks.find(
      ({ language }) => language === 'sh',
    );
    execFileSync('bash', ['-e', '-c', script?.code ?? ''], { cwd: folder, input: 'secret\n' });
    expect(await readFile(join(folder, 'client.secret'), 'utf8')).toBe('secret\n');
    expect((await stat(join(folder, 'client.secret'))).mode % 0o1000).toBe(0o600);
  });

  it('loads the example of the reference of settings', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'reference-'));
    const page = readPage('reference/settings.md');
    await writeFile(join(folder, 'rollcall.json'), blockOf(page, 'rollcall.json'));
    const args = ['config', 'check', '--config', 'rollcall.json'];
    expect(await stage.run('rollcall', args, { cwd: folder })).toMatchObject({ code: 0 });
  });
});
