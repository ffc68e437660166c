import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { licenseNotices } from './license-notices.ts';

let root: string;
async function addPackage(name: string, manifest: object, files: Record<string, string> = {}) {
  const folder = join(root, 'node_modules', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, ...manifest }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return join(folder, 'lib/index.js');
}
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rollcall-licenses-'));
});
afterAll(() => rm(root, { recursive: true }));

it('has the license and the notice of each package once, sorted, and no other file', async () => {
  const modules = [
    await addPackage('zebra', { version: '2.0.0', license: 'MIT' }, { LICENSE: 'Text of zebra' }),
    await addPackage(
      '@scope/ape',
      { version: '1.0.0', license: 'Apache-2.0', repository: { url: 'https://example.com/ape' } },
      { 'license.md': 'Text of ape', 'NOTICE.txt': 'Notice of ape', 'README.md': 'Read me' },
    ),
  ];
  const own = join(root, 'src/main.ts');
  expect(licenseNotices([...modules, ...modules, own])).toBe(
    [
      'The program contains code of the following packages, under their own licenses.\n',
      '@scope/ape 1.0.0, license: Apache-2.0\nSource: https://example.com/ape\n\nNotice of ape\n\nText of ape',
      'zebra 2.0.0, license: MIT\nSource: \n\nText of zebra\n',
    ].join(`\n${'-'.repeat(80)}\n`),
  );
});

it('refuses a package that names no license', async () => {
  const module = await addPackage('unknown', { version: '1.0.0' });
  expect(() => licenseNotices([module])).toThrow('unknown 1.0.0 names no license');
});
