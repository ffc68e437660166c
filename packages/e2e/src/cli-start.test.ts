import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { createStage, mainOf } from './stage.ts';

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

describe('starting', () => {
  it('tells its version, and loads nothing for it', async () => {
    const manifest = JSON.parse(
      readFileSync(new URL('../../cli/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    const { code, stdout, stderr } = await stage.run('rollcall', ['--version']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
    const loaded = modulesOf('--version');
    expect(loaded.length).toBeGreaterThan(0);
    expect(loaded.filter((url) => url.includes('node_modules'))).toEqual([]);
  });

  it.each([['--help'], ['users', 'list', '--help'], ['completion', 'bash']])(
    'loads no MSAL, no HTTP stack and no zod for %s %s %s',
    (...args) => {
      const loaded = modulesOf(...args.filter((arg) => typeof arg === 'string'));
      expect(loaded.some((url) => url.includes('/yargs/'))).toBe(true);
      expect(
        loaded.filter((url) => /msal|undici|node:https?$|\/zod\/|\/express\//u.test(url)),
      ).toEqual([]);
    },
  );
});
