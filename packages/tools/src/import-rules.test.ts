import { describe, expect, it } from 'vitest';

import { checkImports, checkManifest } from './import-rules.ts';

const inCore = (source: string, file = 'packages/core/src/query/user-query.ts') =>
  checkImports('core', file, source, { dependencies: { zod: '4.6.7', '@azure/msal-node': '7' } });

describe('import directions', () => {
  it('lets a package import what its manifest names', () => {
    expect(inCore("import { z } from 'zod';\nimport { join } from 'node:path';")).toEqual([]);
  });

  it('catches core importing a front end', () => {
    expect(inCore("import { run } from '@rollcall/cli';")).toEqual([
      'packages/core/src/query/user-query.ts: packages/core may not import @rollcall/cli',
    ]);
  });

  it('catches a dynamic import too', () => {
    expect(inCore("await import('@rollcall/sandbox');")).toHaveLength(1);
  });

  it('is not taken in by prose, or by a flag that is called import', () => {
    expect(
      inCore("const say = ['comes from', 'there'];\nspawn(['--import', spy, main('x')]);"),
    ).toEqual([]);
  });

  it('does not read the imports of an example in a docstring', () => {
    const example = "/**\n * @example\n * import { X } from '@azure/identity';\n */\n";
    expect(inCore(`${example}export const x = 1;`)).toEqual([]);
    expect(inCore(`${example}import { run } from '@rollcall/cli';`)).toHaveLength(1);
    expect(
      inCore("const all = 'src/**/*.ts';\nimport { run } from '@rollcall/cli';\n/** x */"),
    ).toHaveLength(1);
  });

  it('does not take a call of from() for an import', () => {
    expect(inCore("const unsigned = Buffer.from('{}');")).toEqual([]);
  });

  it('catches a relative import that leaves the package', () => {
    expect(inCore("export * from '../../../cli/src/main.ts';")).toEqual([
      'packages/core/src/query/user-query.ts: "../../../cli/src/main.ts" leaves the package',
    ]);
  });

  it('catches a package that is only hoisted, not declared', () => {
    expect(inCore("import yargs from 'yargs';")).toEqual([
      'packages/core/src/query/user-query.ts: "yargs" is not in the package\'s manifest',
    ]);
  });

  it('keeps @azure/msal-node in one folder', () => {
    const line = "import { ConfidentialClientApplication } from '@azure/msal-node';";
    expect(inCore(line)).toHaveLength(1);
    expect(inCore(line, 'packages/core/src/credential/msal/confidential-client.ts')).toEqual([]);
  });

  it('catches a manifest that points the wrong way', () => {
    expect(checkManifest('sandbox', { dependencies: { '@rollcall/core': '0.1.0' } })).toEqual([
      'packages/sandbox/package.json: may not depend on @rollcall/core',
    ]);
    expect(checkManifest('server', { dependencies: { '@rollcall/core': '0.1.0' } })).toEqual([]);
  });

  it('allows no import of e2e, and none of a product in e2e', () => {
    const product = checkImports(
      'e2e',
      'packages/e2e/src/a.test.ts',
      "import '@rollcall/core';",
      {},
    );
    expect(product).toHaveLength(1);
  });
});
