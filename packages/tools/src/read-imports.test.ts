import { expect, it } from 'vitest';

import { readImports } from './read-imports.ts';

it.each([
  ['a static import', "import { x } from './a.ts';"],
  ['an import for its side effects', "import './a.ts';"],
  ['a type-only import', "import type { A } from './a.ts';"],
  ['a re-export', "export { x } from './a.ts';"],
  ['a re-export of all names', "export * from './a.ts';"],
  ['a dynamic import', "const { x } = await import('./a.ts');"],
  ['a dynamic import over two lines', "const { x } = await import(/* later */ './a.ts'\n);"],
  ['the type of a module', "type A = import('./a.ts').A;"],
  ['an import of CommonJS', "import x = require('./a.ts');"],
])('reads %s with its line', (_, text) => {
  expect(readImports('b.ts', `// the first line\n${text}\n`)).toEqual([
    { specifier: './a.ts', line: 2 },
  ]);
});

it('reports a dynamic import whose name is computed', () => {
  expect(readImports('b.ts', 'await import(`./${name}.ts`);')).toEqual([
    { specifier: undefined, line: 1 },
  ]);
});

it.each([
  "/**\n * @example\n * import { x } from './a.ts';\n */",
  "// import './a.ts';",
  "const text = `\nimport { x } from './a.ts';\n`;",
  "const words = ['comes from', './a.ts'];",
  "spawn(['--import', './a.ts', main('x')]);",
  "const unsigned = Buffer.from('./a.ts');",
  'export const x = 1;',
])('reads no import from a comment, a string or a call: %s', (source) => {
  expect(readImports('b.ts', source)).toEqual([]);
});

it('fails for a file with a syntax error', () => {
  expect(() => readImports('b.ts', 'import {')).toThrow('b.ts: ');
});
