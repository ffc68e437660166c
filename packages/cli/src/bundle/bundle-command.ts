import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { rolldown } from 'rolldown';

import { manPage } from '../arguments/man-page.ts';
import { program } from '../program.ts';
import { version } from '../version.ts';
import { licenseNotices } from './license-notices.ts';
import { lazyPackages, withoutUnusedParts } from './faster-packages.ts';
import { prepareTexts } from './prepare-texts.ts';

// Runs for the build: writes the command with all its dependencies to `dist`, and the licenses of these dependencies.
const root = join(import.meta.dirname, '../..');
const dist = join(root, 'dist');

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
    plugins: [withoutUnusedParts, lazyPackages()],
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
  // Some versions of npm link it when the command is installed for a machine.
  await writeFile(join(dist, 'rollcall.1'), await manPage(program, version()));
}

await bundle();
