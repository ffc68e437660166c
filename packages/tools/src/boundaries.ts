import { globSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

import {
  allowed,
  checkImports,
  checkManifest,
  type Manifest,
  relativeImports,
} from './import-rules.ts';
import { checkCycles, checkLayers, layers } from './layers.ts';

/** Tests wire what they need, wherever it is; nothing imports them. */
function isTest(file: string): boolean {
  return file.endsWith('.test.ts') || file.includes('/testing/');
}

const problems: string[] = [];
for (const name of Object.keys(allowed)) {
  const root = `packages/${name}/src`;
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')) as Manifest;
  const files = globSync(`${root}/**/*.ts`).map((file) => ({
    file,
    source: readFileSync(file, 'utf8'),
  }));
  const imports = files
    .filter(({ file }) => !isTest(file))
    .flatMap(({ file, source }) => relativeImports(relative(root, file), source));
  problems.push(
    ...checkManifest(name, manifest),
    ...files.flatMap(({ file, source }) => checkImports(name, file, source, manifest)),
    ...checkLayers(layers[name] ?? [], name in layers ? imports : []).map(
      (text) => `${root}/${text}`,
    ),
    ...checkCycles(imports).map((text) => `${root}: ${text}`),
  );
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
