import { execFile } from 'node:child_process';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, describe, expect, it } from 'vitest';

import { commandsOf } from './guide.ts';
import { must, root } from '../packages/packed.ts';
import { blockOf, readPage } from './page-blocks.ts';
import { azureDevopsJob, githubJob } from '../sign-in/ways/by-federation.ts';
import type { Platforms } from '../sign-in/ways/way.ts';
import { createStage, mainOf } from '../stage.ts';
import { startTenant } from '../tenant.ts';

const stage = createStage();
const tenant = await startTenant(stage, { users: 3 });
const platforms = (await (await fetch(`${tenant.control}/tenant`)).json()) as Platforms;
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const hosts = {
  authority: `${tenant.url}/${tenant.tenant}`,
  graph: `${tenant.url}/v1.0`,
  scope: 'https://graph.microsoft.com/.default',
  caFile: tenant.ca,
};

interface Shell {
  readonly folder: string;
  run(script: string, env?: Readonly<Record<string, string>>): Promise<string>;
}

/** A folder with `rollcall` on the path and a configuration file for the sandbox. */
async function createShell(credential: object, clientId = tenant.clientId): Promise<Shell> {
  const folder = await mkdtemp(join(tenant.folder, 'guide-'));
  const bin = join(folder, 'bin');
  await mkdir(bin);
  const program = join(bin, 'rollcall');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${mainOf('rollcall')}' "$@"\n`);
  await chmod(program, 0o755);
  const config = { clientId, credential, ...hosts };
  await writeFile(join(folder, 'rollcall.json'), JSON.stringify(config), { mode: 0o600 });
  const path = [bin, dirname(process.execPath), process.env['PATH']].join(':');
  return {
    folder,
    async run(script, env) {
      const options = { cwd: folder, env: { PATH: path, ...env } };
      return (await promisify(execFile)('bash', ['-e', '-c', script], options)).stdout;
    },
  };
}

const bySecret = {
  kind: 'client-secret',
  secret: tenant.secrets['the client secret'],
};

/** CSV has the line ends of RFC 4180. */
function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

describe.concurrent('the guides to usage', () => {
  it('export-for-a-spreadsheet: its commands print what it shows', async () => {
    const shell = await createShell(bySecret);
    for (const [command, output] of commandsOf(readPage('guides/export-for-a-spreadsheet.md')))
      expect([command, withLineFeeds(await shell.run(command))]).toEqual([command, output]);
  });

  it('count-users-by-property: its commands print what it shows', async () => {
    const shell = await createShell(bySecret);
    for (const [command, output] of commandsOf(readPage('guides/count-users-by-property.md')))
      expect([command, withLineFeeds(await shell.run(command))]).toEqual([command, output]);
  });

  it('list-several-tenants: its commands print what it shows', async () => {
    const shell = await createShell(bySecret);
    const page = readPage('guides/list-several-tenants.md');
    const { defaultProfile, profiles } = JSON.parse(blockOf(page, 'rollcall.json')) as {
      readonly defaultProfile: string;
      readonly profiles: Readonly<Record<string, object>>;
    };
    const own = { clientId: tenant.clientId, credential: bySecret, ...hosts };
    for (const settings of Object.values(profiles))
      expect(Object.keys(settings)).toEqual(['tenant', 'clientId', 'credential']);
    const ofSandbox = Object.fromEntries(Object.keys(profiles).map((name) => [name, own]));
    const config = JSON.stringify({ defaultProfile, profiles: ofSandbox });
    await writeFile(join(shell.folder, 'rollcall.json'), config, { mode: 0o600 });
    for (const [command, output] of commandsOf(page))
      expect([command, withLineFeeds(await shell.run(command))]).toEqual([command, output]);
  });

  it('run-on-a-schedule: its script writes the users and the receipt of the day', async () => {
    const shell = await createShell(bySecret);
    const page = readPage('guides/run-on-a-schedule.md');
    await writeFile(join(shell.folder, 'export-users.sh'), blockOf(page, 'export-users.sh'));
    const old = join(shell.folder, 'users-2020-01-01.ndjson');
    await writeFile(old, '');
    await utimes(old, 0, 0);
    await shell.run('/bin/sh export-users.sh');
    const files = await readdir(shell.folder);
    expect(
      files.filter((name) => /^(users-.*\.ndjson|receipt-.*\.json)$/u.test(name)),
    ).toHaveLength(2);
    expect(blockOf(page, 'rollcall.service')).toContain('ExecStart=/bin/sh export-users.sh');
    // cron takes an unescaped % for a line break.
    const [, , line = ''] = blockOf(page, 'rollcall.cron').trimEnd().split('\n');
    expect(line).not.toContain('%');
    const command = line.split(' ').slice(5).join(' ').replace('/var/lib/rollcall', shell.folder);
    expect(await shell.run(command)).toBe('');
    expect(await readFile(join(shell.folder, 'export.log'), 'utf8')).toContain('"complete":true');
    await shell.run('rm rollcall.json');
    expect(await shell.run(command)).toContain('The export failed (exit code 2)');
  });

  it('run-in-azure-devops: its step exports the users', async () => {
    const page = readPage('guides/run-in-azure-devops.md');
    const { azureDevops } = platforms.pipelines;
    const credential = { kind: 'federated', azureDevops: azureDevops.serviceConnection };
    expect(Object.keys(JSON.parse(blockOf(page, 'rollcall.json')) as object)).toEqual([
      'tenant',
      'clientId',
      'credential',
    ]);
    const shell = await createShell(credential, platforms.federatedClient.clientId);
    const pipeline = blockOf(page, 'azure-pipelines.yml');
    const [, step = ''] = /- script: (?<step>.*)/u.exec(pipeline) ?? [];
    await shell.run(step, azureDevopsJob(azureDevops));
    for (const file of ['users.csv', 'receipt.json']) {
      expect(pipeline).toContain(`  - publish: ${file}\n`);
      expect(await readFile(join(shell.folder, file), 'utf8')).not.toBe('');
    }
  });

  it('run-with-task-scheduler: the command of its script exports the users', async () => {
    const shell = await createShell(bySecret);
    const script = blockOf(readPage('guides/run-with-task-scheduler.md'), 'export-users.ps1');
    // Bash and PowerShell read this line alike.
    const [command = ''] = /^rollcall .*$/mu.exec(script) ?? [];
    await shell.run(`day=2026-11-25; ${command}`);
    const users = await readFile(join(shell.folder, 'users-2026-11-25.csv'), 'utf8');
    expect(users.startsWith('\uFEFF')).toBe(true);
    const receipt = await readFile(join(shell.folder, 'receipt-2026-11-25.json'), 'utf8');
    expect(JSON.parse(receipt)).toMatchObject({ reconciled: true });
  });

  it('run-in-github-actions: its step exports the users', async () => {
    const shell = await createShell(
      { kind: 'federated', github: true },
      platforms.federatedClient.clientId,
    );
    const workflow = blockOf(readPage('guides/run-in-github-actions.md'), 'users.yml');
    const [, step = ''] = /- run: (?<step>.*)/u.exec(workflow) ?? [];
    await shell.run(step, githubJob(platforms.pipelines.github));
    for (const file of ['users.csv', 'receipt.json']) {
      expect(workflow).toContain(`            ${file}\n`);
      expect(await readFile(join(shell.folder, file), 'utf8')).not.toBe('');
    }
  });

  it('run-in-kubernetes: its command exports the users with the environment of the webhook', async () => {
    const shell = await createShell(bySecret);
    const manifest = blockOf(readPage('guides/run-in-kubernetes.md'), 'users.yaml');
    const [, list = ''] = /command: \[(?<list>.*)\]/u.exec(manifest) ?? [];
    const token = join(shell.folder, 'token');
    const issued = await fetch(`${tenant.control}/federated-assertion`);
    await writeFile(token, await issued.text(), { mode: 0o600 });
    await shell.run(`rm rollcall.json`);
    await shell.run(`${list.replaceAll(', ', ' ')} --ca ${tenant.ca}`, {
      GRAPH_ENDPOINT: hosts.graph,
      AZURE_TENANT_ID: tenant.tenant,
      AZURE_CLIENT_ID: platforms.federatedClient.clientId,
      AZURE_AUTHORITY_HOST: tenant.url,
      AZURE_FEDERATED_TOKEN_FILE: token,
    });
    const receipt = await readFile(join(shell.folder, 'receipt.json'), 'utf8');
    expect(JSON.parse(receipt)).toMatchObject({ complete: true, reconciled: true, users: 3 });
  });

  it('test-against-the-sandbox: its scripts run in their order', async () => {
    const shell = await createShell(bySecret);
    const page = readPage('guides/test-against-the-sandbox.md');
    const run = async (name: string) => (await shell.run(blockOf(page, name))).trim();
    await run('start.sh');
    try {
      expect(await run('run.sh')).toBe('50');
      expect(await run('fault.sh')).toMatch(/(?:^|\n|\})50$/u);
    } finally {
      await run('stop.sh');
    }
  });

  it('test-against-the-sandbox: the test that starts a tenant passes', async () => {
    const shell = await createShell(bySecret);
    const modules = join(shell.folder, 'node_modules/@rollcall');
    await mkdir(modules, { recursive: true });
    await symlink(join(root, 'packages/sandbox'), join(modules, 'sandbox'));
    await writeFile(join(shell.folder, 'package.json'), '{ "type": "module" }');
    const name = 'in-process.test.ts';
    const page = readPage('guides/test-against-the-sandbox.md');
    await writeFile(join(shell.folder, name), blockOf(page, name));
    const options = { cwd: shell.folder, env: { PATH: process.env['PATH'] ?? '' } };
    const output = await must(process.execPath, ['--test', name], options);
    expect(output).toMatch(/pass 1\n/u);
  });

  it('test-against-the-sandbox: the steps of the workflow run', async () => {
    const shell = await createShell(bySecret);
    const workflow = blockOf(readPage('guides/test-against-the-sandbox.md'), 'test.yml');
    const start = /run: \|\n(?<lines>(?: {10}.*\n)+)/u.exec(workflow)?.groups?.['lines'] ?? '';
    const steps = [...workflow.matchAll(/run: (?<step>rollcall .*)/gu)];
    const script = `${start.replaceAll(/^ {10}/gmu, '')}${steps.map(([, step]) => step).join('\n')}`;
    // GitHub ends the processes of a job; the test does it here.
    expect(await shell.run(`${script}\nkill $!`)).toMatch(/(?:^|\n)50\n$/u);
  });

  it.each([
    ['list.ts', /(?:.+\n){3}true 3\n$/u],
    ['errors.ts', /^E_NO_SUCH_USER not-found false\n$/u],
    ['changes.ts', /^3\n$/u],
  ])('use-the-library: %s', async (name, output) => {
    const shell = await createShell(bySecret);
    const modules = join(shell.folder, 'node_modules/@rollcall');
    await mkdir(modules, { recursive: true });
    await symlink(join(root, 'packages/core'), join(modules, 'core'));
    await writeFile(join(shell.folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(shell.folder, name), blockOf(readPage('guides/use-the-library.md'), name));
    const options = { cwd: shell.folder, env: { PATH: process.env['PATH'] ?? '' } };
    expect(await must(process.execPath, [name], options)).toMatch(output);
  });
});
