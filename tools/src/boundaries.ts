import { globSync, readFileSync } from 'node:fs';

import { allowed, checkImports, checkManifest, type Manifest } from './import-rules.ts';

const problems: string[] = [];
for (const name of Object.keys(allowed)) {
  const manifest = JSON.parse(readFileSync(`packages/${name}/package.json`, 'utf8')) as Manifest;
  problems.push(...checkManifest(name, manifest));
  for (const file of globSync(`packages/${name}/src/**/*.ts`))
    problems.push(...checkImports(name, file, readFileSync(file, 'utf8'), manifest));
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
