import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { start, type Running } from '../processes.ts';
import { blockOf } from '../documentation/page-blocks.ts';
import { page, recipes } from './recipes.ts';
import { missing } from './run-client.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A folder that looks like the repository to the commands of the page, and takes what they write. */
let folder = '';
let sandbox: Running;
let ready: Record<string, string>;

/** Starts the command of a block that begins with `node`. */
function startOf(info: string): Running {
  const [node, main = '', ...args] = blockOf(page, info).split(' ');
  expect(node).toBe('node');
  return start(join(root, main), args, { cwd: folder });
}

async function shell(command: string): Promise<{ stdout: string; stderr: string }> {
  // Node 24 first, then the programs of Debian, so that another python3 is not found first.
  const path = [dirname(process.execPath), '/usr/bin', '/bin', process.env['PATH'] ?? ''];
  return promisify(execFile)('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: path.join(':'), HOME: folder, NO_COLOR: '1', control: ready['control'] },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recipes-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  sandbox = startOf('start');
  ready = JSON.parse(await sandbox.line()) as Record<string, string>;
});
afterAll(async () => {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
});

const howMany = /^1000 users\n$/u;
/** The output of a recipe apart from lists of users. */
const prints: Readonly<Record<string, RegExp>> = { 'all-users.test.ts': /Tests +1 passed/u };

describe('docs/sandbox.md', () => {
  it('has a recipe for every client that it promises', () => {
    expect(recipes().map(({ title }) => title)).toEqual([
      'MSAL Node',
      'MSAL Python',
      '@azure/identity',
      'The Graph SDK',
      'curl',
      'vitest',
    ]);
  });

  for (const { title, file, code, command } of recipes()) {
    const reason = missing(file.split('.').at(-1) ?? '');
    const name = reason === undefined ? title : `${title} (skipped: ${reason})`;
    it.skipIf(reason !== undefined)(`works as written: ${name}`, async () => {
      await writeFile(join(folder, file), code);
      const { stdout } = await shell(command);
      expect(stdout).toMatch(prints[file] ?? howMany);
    });
  }

  it('shows the ready line that the command prints', () => {
    const shown = JSON.parse(blockOf(page, 'ready')) as object;
    expect(Object.keys(ready)).toEqual(Object.keys(shown));
    // Seeded, so that the page shows what a reader gets.
    expect(shown).toMatchObject({ tenant: ready['tenant'], clientId: ready['clientId'] });
  });

  it('names every file in the folder, and no other', async () => {
    const section = /^## Files$(?<files>[^]*?)^## /mu.exec(page.text)?.groups?.['files'] ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`(?<name>[^`]+)`/gu)].map(([, name]) => name),
    );
    expect(new Set(named)).toEqual(new Set(await readdir(join(folder, 'tenant'))));
  });

  it('describes every flag', async () => {
    const { stdout } = await shell(`node ${join(root, 'packages/sandbox/dist/main.js')} --help`);
    const flags = [...stdout.matchAll(/^ +(?<flag>--[\w-]+)/gmu)].map(([, flag]) => flag);
    expect(flags).toContain('--users');
    const undescribed = flags.filter(
      (flag) => !['--help', '--version'].includes(flag ?? '') && !page.text.includes(`\`${flag} `),
    );
    expect(undescribed).toEqual([]);
  });

  it.skipIf(missing('sh') !== undefined)('shows the routes that the control API has', async () => {
    await shell(blockOf(page, 'journal'));
    const { stdout } = await shell('curl -fsS "$control/journal"');
    expect(JSON.parse(stdout)).toMatchObject({ requests: 0, entries: [] });
    const routes = ['faults', 'faults/kinds', 'hostile'];
    expect(routes.filter((route) => !page.text.includes(`$control/${route}`))).toEqual([]);
    for (const route of routes) await shell(`curl -fsS "$control/${route}"`);
  });

  it('injects the fault that it shows', async () => {
    await sandbox.stop();
    sandbox = startOf('faulty');
    ready = JSON.parse(await sandbox.line()) as Record<string, string>;
    // The Graph SDK waits and retries by itself, so that its recipe still prints all users.
    const recipe = recipes().find(({ title }) => title === 'The Graph SDK');
    await writeFile(join(folder, recipe?.file ?? ''), recipe?.code ?? '');
    expect((await shell(recipe?.command ?? '')).stdout).toMatch(howMany);
    const ledger = await (await fetch(`${ready['control']}/faults`)).json();
    expect(ledger).toMatchObject({ happened: { throttled: 1 } });
  });
});
