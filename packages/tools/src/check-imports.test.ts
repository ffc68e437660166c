import { describe, expect, it } from 'vitest';

import { checkManifest, checkOrder, checkPackageImports, fileImports } from './check-imports.ts';
import { packageRules } from './import-rules.ts';
import { readImports } from './read-imports.ts';

function sourceFile(path: string, source: string) {
  return { path, imports: readImports(path, source) };
}

const query = 'packages/core/src/query/user-query.ts';

function violations(source: string, path = query): string[] {
  const manifest = {
    dependencies: { zod: '4.6.7', '@azure/msal-node': '7' },
    devDependencies: { selfsigned: '1' },
  };
  const name = path.split('/')[1] ?? '';
  return checkPackageImports(name, sourceFile(path, source), manifest, {
    devDependencies: { vitest: '5' },
  });
}

describe('imports of other packages', () => {
  it('accepts what the manifest declares, and what is part of Node', () => {
    expect(violations("import { z } from 'zod';\nimport { join } from 'node:path';")).toEqual([]);
  });

  it.each([
    ['an import', "import { run } from '@rollcall/cli';"],
    ['a type-only import', "import type { Run } from '@rollcall/cli';"],
    ['a dynamic import', "await import('@rollcall/cli');"],
    ['an import of a subpath', "import { run } from '@rollcall/cli/main';"],
  ])('reports %s of a front end in core', (_, source) => {
    expect(violations(`\n${source}`)).toEqual([
      `${query}:2: core may not import @rollcall/cli. Move the code to a package that may, see import-rules.ts.`,
    ]);
  });

  it('reports a product that the end-to-end tests import', () => {
    expect(violations("import '@rollcall/core';", 'packages/e2e/src/a.test.ts')).toHaveLength(1);
  });

  it('reports a relative import that leaves the package', () => {
    expect(violations("export * from '../../../cli/src/main.ts';")).toEqual([
      `${query}:1: "../../../cli/src/main.ts" is outside the package. Import the package by its name, if core may import it.`,
    ]);
  });

  it('reports a package that npm hoists but the manifest does not declare', () => {
    expect(violations("import yargs from 'yargs';")).toEqual([
      `${query}:1: "yargs" is not declared. Add it to the dependencies in packages/core/package.json.`,
    ]);
  });

  it('accepts development dependencies in tests only', () => {
    const source = "import 'selfsigned';\nimport 'vitest';";
    expect(violations(source)).toHaveLength(2);
    expect(violations(source, 'packages/core/src/query/query.test.ts')).toEqual([]);
    expect(violations(source, 'packages/core/src/query/testing/query.ts')).toEqual([]);
  });

  it('reports test code that product code imports', () => {
    const source = "import { x } from './testing/x.ts';";
    expect(violations(source)).toEqual([
      `${query}:1: "./testing/x.ts" is test code. Move what both need to a file that is not in a "testing" folder.`,
    ]);
    expect(violations(source, 'packages/core/src/query/query.test.ts')).toEqual([]);
  });

  it('keeps @azure/msal-node in one folder of core', () => {
    const source = "import type { ConfidentialClientApplication } from '@azure/msal-node';";
    expect(violations(source)[0]).toMatch(
      /:1: only packages\/core\/src\/credential\/msal\/ and .+ may import @azure\/msal-node\. /u,
    );
    expect(violations(source, 'packages/core/src/credential/msal/request-token.ts')).toEqual([]);
  });

  it('reports a part of Node without its prefix', () => {
    expect(violations("import { join } from 'path';")).toEqual([
      `${query}:1: "path" is part of Node. Write "node:path".`,
    ]);
  });

  it('reports an import whose name is computed', () => {
    expect(violations('await import(name);')[0]).toMatch(
      /:1: the name of this import is computed/u,
    );
  });

  it('reports a dependency in the manifest that the table does not allow', () => {
    const manifest = { dependencies: { '@rollcall/core': '0.1.0' } };
    expect(checkManifest('sandbox', manifest)).toEqual([
      'packages/sandbox/package.json: sandbox may not depend on @rollcall/core. Remove the dependency.',
    ]);
    expect(checkManifest('server', manifest)).toEqual([]);
  });
});

const src = 'packages/core/src';

function fromAbove(path: string, source: string): string[] {
  const order = packageRules['core']?.order ?? [];
  return checkOrder(src, order, fileImports(sourceFile(`${src}/${path}`, source)));
}

describe('the order of folders', () => {
  it('accepts imports from the same folder and from below', () => {
    const source = "import { x } from './decode.ts';\nimport { Secret } from '../secret.ts';";
    expect(fromAbove('graph/retry.ts', source)).toEqual([]);
  });

  it('takes a subfolder as part of its top-level folder', () => {
    expect(fromAbove('settings/rules/x.ts', "import '../sources/y.ts';")).toEqual([]);
    expect(fromAbove('settings/rules/x.ts', "import '../../users/users.ts';")).toHaveLength(1);
  });

  it.each([
    ['an import', "import { createUsers } from '../users/users.ts';"],
    ['a type-only import', "import type { Users } from '../users/users.ts';"],
    ['the type of a module', "type Users = import('../users/users.ts').Users;"],
    ['a dynamic import', "const { x } = await import('../users/users.ts');"],
    ['a re-export', "export { x } from '../users/users.ts';"],
  ])('reports %s from above, with file, line and remedy', (_, source) => {
    expect(fromAbove('graph/retry.ts', `// first line\n${source}`)).toEqual([
      'packages/core/src/graph/retry.ts:2: graph may not import packages/core/src/users/users.ts, because users is above graph. Move the code that both need to graph or to an entry below it.',
    ]);
  });

  it('reports a folder that the order does not have', () => {
    expect(fromAbove('graph/retry.ts', "import { x } from '../utils/x.ts';")).toEqual([
      'packages/core/src/graph/retry.ts:1: the order of packages/core/src does not have utils. Add it to import-rules.ts.',
    ]);
  });
});
