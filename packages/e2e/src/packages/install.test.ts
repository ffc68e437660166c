import { cp, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { must, packAll, published, root, type PackedPackages } from './packed.ts';
import { start } from '../processes.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

/** The Node that runs the tests stands first, for `npx` and the shebangs. */
const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);

const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };

const stage = createStage();
let packed: PackedPackages;
let project: string;
let tenant: Tenant;
beforeAll(async () => {
  packed = await packAll();
  project = join(packed.folder, 'project');
  // The programs of a library user, as the README shows them.
  await cp(join(root, 'packages/e2e/consumer'), project, { recursive: true });
  await writeFile(join(project, 'package.json'), JSON.stringify(manifest));
  const tarballs = published.map((name) => packed.packages[name].tarball);
  await must(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', ...tarballs],
    { cwd: project, env: { PATH: path } },
  );
  tenant = await startTenant(stage, { users: 1_500 });
}, 300_000);
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
  await packed[Symbol.asyncDispose]();
});

const inProject = async (command: string, ...args: readonly string[]): Promise<string> =>
  (await must(command, args, { cwd: project, env: { PATH: path } })).trim();

describe('packages installed in a project of their own', () => {
  it.each(['esm.mjs', 'commonjs.cjs'])('list every user from %s', async (file) => {
    expect(await inProject(process.execPath, file, tenant.parameters, tenant.ca)).toBe('1500');
  });

  it('show TypeScript their types (nodenext)', async () => {
    const graphTypes = join(project, 'node_modules/@types');
    await mkdir(graphTypes, { recursive: true });
    await symlink(join(root, 'node_modules/@types/node'), join(graphTypes, 'node'));
    expect(
      await inProject(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'),
    ).toBe('');
  });

  it('bring the command line: npx rollcall', async () => {
    expect(await inProject('npx', '--no-install', 'rollcall', '--version')).toMatch(
      /^\d+\.\d+\.\d+$/u,
    );
    const users = await inProject(
      'npx',
      '--no-install',
      'rollcall',
      'users',
      'list',
      ...tenant.flags,
      '-o',
      'json',
    );
    expect(JSON.parse(users)).toHaveLength(1_500);
  });

  it.each([
    ['@rollcall/sandbox', ['--users', '5']],
    ['@rollcall/server', ['--port', '0']],
  ])('bring a program that says when it is ready: %s', async (name, args) => {
    const flags = name.endsWith('server') ? [...args, ...tenant.flags] : args;
    await using program = start(join(project, 'node_modules', name, 'dist/main.js'), flags);
    expect(JSON.parse(await program.line())).toMatchObject({ ready: true });
    expect((await program.stop()).code).toBe(0);
  });

  it('install the command alone, in an empty folder and without a registry', async () => {
    const folder = join(packed.folder, 'command');
    await mkdir(folder);
    const { tarball } = packed.packages.cli;
    const npm = ['install', '--offline', '--cache', join(folder, 'no-cache'), '--prefix', folder];
    await must('npm', [...npm, '--no-audit', '--no-fund', '--loglevel=error', tarball], {
      cwd: folder,
      env: { PATH: path },
    });
    expect(await readdir(join(folder, 'node_modules'))).toEqual(
      expect.arrayContaining(['.bin', '@rollcall']),
    );
    expect(await readdir(join(folder, 'node_modules/@rollcall'))).toEqual(['cli']);
    const rollcall = (...args: readonly string[]) =>
      must(join(folder, 'node_modules/.bin/rollcall'), args, { cwd: folder, env: { PATH: path } });
    expect(await rollcall('users', 'count', ...tenant.flags)).toBe('1500\n');
    expect(await rollcall('users', 'list', '--help')).toContain('Usage: rollcall users list');
    expect(await rollcall('completion', 'bash')).toContain('complete -F _rollcall rollcall');
    // The sandbox is a part of the bundle.
    const main = join(folder, 'node_modules/@rollcall/cli/bin/rollcall.cjs');
    await using sandbox = start(main, ['sandbox', '--users', '5', '--dir', join(folder, 'tenant')]);
    expect(JSON.parse(await sandbox.line())).toMatchObject({ ready: true });
    expect((await sandbox.stop()).code).toBe(0);
  }, 120_000);

  it('install the command for the whole machine, and run it with npx from the tarball', async () => {
    const folder = join(packed.folder, 'machine');
    await mkdir(folder);
    const { tarball } = packed.packages.cli;
    const environment = { PATH: path, npm_config_cache: join(folder, 'cache') };
    const options = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
    await must('npm', ['install', '--global', '--prefix', folder, ...options, tarball], {
      cwd: folder,
      env: environment,
    });
    const inPath = [join(folder, 'bin'), path].join(delimiter);
    expect(
      await must('rollcall', ['users', 'count', ...tenant.flags], {
        cwd: folder,
        env: { PATH: inPath },
      }),
    ).toBe('1500\n');
    const npx = ['--yes', '--offline', '--package', tarball, 'rollcall', 'users', 'count'];
    expect(await must('npx', [...npx, ...tenant.flags], { cwd: folder, env: environment })).toBe(
      '1500\n',
    );
  }, 120_000);

  it('name the missing package when tokens are to be shared through Redis', async () => {
    const main = join(packed.folder, 'command/node_modules/@rollcall/cli/bin/rollcall.cjs');
    const cache = ['--token-cache', 'redis://127.0.0.1:1'];
    await using program = start(main, ['users', 'count', ...tenant.flags, ...cache]);
    const { code, stderr } = await program.finished;
    expect(stderr).toContain('@redis/client');
    expect(code).not.toBe(70);
  });

  it('take at most 30 MB with all dependencies of the library', async () => {
    const folder = join(packed.folder, 'library');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const { tarball } = packed.packages.core;
    await must(
      'npm',
      ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error', tarball],
      { cwd: folder, env: { PATH: path } },
    );
    const bytes = Number(
      (await must('du', ['-sb', 'node_modules'], { cwd: folder })).split('\t')[0],
    );
    expect(bytes).toBeLessThanOrEqual(30_000_000);
    expect(bytes).toBeGreaterThan(5_000_000);
  }, 120_000);

  it('link their programs under the names that people type', async () => {
    for (const name of ['rollcall', 'rollcall-sandbox', 'rollcall-server'])
      expect(await inProject('npx', '--no-install', name, '--help')).toContain('--');
  });
});
