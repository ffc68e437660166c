import { globSync, readFileSync } from 'node:fs';

import {
  checkManifest,
  checkOrder,
  checkPackageImports,
  fileImports,
  isTestCode,
  type Manifest,
} from './check-imports.ts';
import { checkFileCycles, checkFolderCycles } from './import-cycles.ts';
import { packageRules } from './import-rules.ts';
import { readImports } from './read-imports.ts';

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
}

// Prints each import of the repository that breaks a rule of import-rules.ts, and each cycle of imports.
const rootManifest = readManifest('.');
const roots = new Set(Object.values(packageRules).map(({ root }) => root));
const problems = globSync(['packages/*/package.json', 'bench/package.json'])
  .map((file) => file.slice(0, -'/package.json'.length))
  .filter((root) => !roots.has(root))
  .map((root) => `${root}: the table of packages does not have it. Add it to import-rules.ts.`);

for (const [name, { root, order }] of Object.entries(packageRules)) {
  const manifest = readManifest(root);
  const files = globSync(`${root}/src/**/*.ts`)
    .toSorted()
    .map((path) => ({ path, imports: readImports(path, readFileSync(path, 'utf8')) }));
  // Tests import the parts that they need from any folder; no product code imports them.
  const inProduct = files.filter(({ path }) => !isTestCode(path)).flatMap(fileImports);
  const fromAbove = order === undefined ? [] : checkOrder(`${root}/src`, order, inProduct);
  problems.push(
    ...checkManifest(name, manifest),
    ...files.flatMap((file) => checkPackageImports(name, file, manifest, rootManifest)),
    ...fromAbove,
    ...checkFileCycles(files.flatMap(fileImports)),
    // One import from above can close many cycles of folders. They are reported when the order is right.
    ...(fromAbove.length > 0 ? [] : checkFolderCycles(inProduct)),
  );
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
