import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createStage, mainOf } from '../stage.ts';

const stage = createStage();

/** The files that Node opened while the program ran, by its own loader's account. */
function modulesOf(...args: string[]): readonly string[] {
  const spy = `data:text/javascript,${encodeURIComponent(`
    import { registerHooks } from 'node:module';
    import { writeSync } from 'node:fs';
    registerHooks({ load(url, context, next) { writeSync(3, url + '\\n'); return next(url, context); } });
  `)}`;
  const { output, status } = spawnSync(
    process.execPath,
    ['--import', spy, mainOf('rollcall'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], encoding: 'utf8' },
  );
  expect(status).toBe(0);
  return (output[3] ?? '').trim().split('\n');
}

/** The names of the files of the built command that were loaded. */
const filesOf = (...args: string[]): readonly string[] =>
  modulesOf(...args)
    .filter((url) => url.startsWith('file:'))
    .map((url) => basename(url));

describe('starting', () => {
  it('prints its version', async () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../../cli/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const { code, stdout, stderr } = await stage.run('rollcall', ['--version']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });

  it.each(['', '--version', '--help', 'users --help', 'help users list', 'completion bash'])(
    'loads no chunk with a command or a package for "rollcall %s"',
    (line) => {
      const files = filesOf(...line.split(' ').filter((word) => word !== ''));
      // The runtime of the bundler has 2 kB.
      expect(files.filter((file) => file !== 'rolldown-runtime.cjs')).toEqual(['main.cjs']);
    },
  );

  it('loads the chunks of one command only', () => {
    const files = filesOf('config', 'path');
    expect(files).toEqual(expect.arrayContaining(['main.cjs', 'config-path.cjs']));
    expect(files.filter((file) => /sandbox|undici|schemas|network-module/u.test(file))).toEqual([]);
  });

  it('reports that a prepared text cannot be written', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [mainOf('rollcall'), '--help'], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect({ status, stderr }).toMatchObject({ status: 7 });
    expect(stderr).toContain('ENOSPC');
  });
});
