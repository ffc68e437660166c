import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

/** Returns the URLs of the modules that the loader of Node reads for `import '<entry>'`. */
function modulesOf(entry: string): readonly string[] {
  const program = `
    import { registerHooks } from 'node:module';
    registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });
    await import(${JSON.stringify(new URL(entry, import.meta.url).href)});
  `;
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('.', import.meta.url)) },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim().split('\n');
}

it('loads only error classes and small functions of this package when the main entry is imported', () => {
  const loaded = modulesOf('index.ts');
  expect(loaded).toContain(new URL('library.ts', import.meta.url).href);
  // Neither dependencies nor modules of Node.
  expect(loaded.filter((url) => !url.startsWith(new URL('.', import.meta.url).href))).toEqual([]);
  const others = loaded.filter((url) => !url.includes('/errors/'));
  expect(others.length).toBeLessThan(12);
});
