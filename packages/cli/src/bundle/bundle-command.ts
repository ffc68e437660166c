import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { rolldown, type Plugin } from 'rolldown';

import { licenseNotices } from './license-notices.ts';
import { prepareTexts } from './prepare-texts.ts';

// Runs for the build: writes the command with all its dependencies to `dist`, and the licenses of these dependencies.
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

/** The parts of undici that the command does not use, and that take longer to load than all others together. */
const unusedParts =
  /^\.\/lib\/(?:mock|web|cache|interceptor)\/|^\.\/lib\/dispatcher\/(?:socks5-proxy-agent|h2c-client)$/u;

/**
 * Replaces the parts of undici that its `index.js` loads and that the command does not use, such as `fetch` and
 * WebSockets, by empty modules. undici is CommonJS, so that a bundler cannot remove them by itself.
 */
const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  resolveId: {
    filter: { id: unusedParts },
    handler: (id, importer) =>
      importer !== undefined && /[/\\]undici[/\\]index\.js$/u.test(importer)
        ? `\0unused:${id}`
        : undefined,
  },
  load: {
    filter: { id: /^\0unused:/u },
    // The classes that `index.js` constructs or reads properties of when it is loaded.
    handler: () => ({ code: 'module.exports = { CacheStorage: class {} };', moduleType: 'js' }),
  },
};

async function bundle(): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await using build = await rolldown({
    // Comments of the bundle name each module by its path from here.
    cwd: join(root, '../..'),
    input: { main: join(root, 'src/main.ts') },
    platform: 'node',
    transform: { target: 'node22.19' },
    // Installed by those who share tokens through Redis.
    external: ['@redis/client'],
    resolve: {
      conditionNames: ['@rollcall/source', 'module', 'node', 'import', 'default'],
      mainFields: ['module', 'main'],
    },
    plugins: [withoutUnusedParts],
    // A warning is about code that behaves differently in the bundle.
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  const { output } = await build.write({
    dir: dist,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
    // Not minified: stack traces name functions, and lines that can be read.
  });
  const chunks = output.filter((file) => file.type === 'chunk');
  const notices = licenseNotices(chunks.flatMap(({ moduleIds }) => moduleIds));
  await writeFile(join(root, 'THIRD-PARTY-LICENSES.txt'), notices);
  const texts = join(dist, 'texts');
  await mkdir(texts);
  for (const [name, text] of await prepareTexts())
    await writeFile(join(texts, `${name}.txt`), text);
}

await bundle();
