import { describe, expect, it } from 'vitest';

import { relativeImports } from './import-rules.ts';
import { checkCycles, checkLayers, layers } from './layers.ts';

const order = layers['core'] ?? [];

function violations(file: string, source: string): string[] {
  return checkLayers(order, relativeImports(file, source));
}

describe('the order of folders', () => {
  it('accepts imports from the own folder and from below', () => {
    expect(
      violations(
        'graph/retry.ts',
        "import { decode } from './decode.ts';\nimport { Secret } from '../secret.ts';",
      ),
    ).toEqual([]);
  });

  it.each([
    ['a static import', "import { createUsers } from '../users/create-users.ts';"],
    ['a type-only import', "import type { Users } from '../users/users.ts';"],
    ['a dynamic import', "const { x } = await import('../users/users.ts');"],
    ['a re-export', "export { x } from '../users/users.ts';"],
    ['an import over several lines', "import {\n  type Users,\n} from '../users/users.ts';"],
  ])('reports %s from above, with file, line and remedy', (_, line) => {
    const [problem, ...others] = violations('graph/retry.ts', `// first line\n${line}`);
    expect(others).toEqual([]);
    expect(problem).toMatch(
      /^graph\/retry\.ts:\d+: graph may not import from users \(users\/[\w-]+\.ts\), which is above it; move what both need to a lower folder$/u,
    );
  });

  it('reports the line of the import, also after a docstring', () => {
    const source = "/**\n * text\n */\nimport type { Users } from '../users/users.ts';";
    expect(violations('graph/retry.ts', source)[0]).toMatch(/^graph\/retry\.ts:4: /u);
  });

  it('reports a folder that has no place in the order', () => {
    expect(violations('graph/retry.ts', "import { x } from '../utils/x.ts';")).toEqual([
      'graph/retry.ts:1: utils has no place in the order; add it to layers.ts',
    ]);
  });
});

function cyclesOf(...pairs: readonly (readonly [from: string, to: string])[]): string[] {
  return checkCycles(pairs.map(([from, to]) => ({ from, to, line: 1 })));
}

describe('cycles', () => {
  it('accepts imports without a cycle', () => {
    expect(cyclesOf(['a/1.ts', 'b/2.ts'], ['a/1.ts', 'c/3.ts'], ['b/2.ts', 'c/3.ts'])).toEqual([]);
  });

  it('reports a cycle of files once, whichever file it begins with', () => {
    expect(cyclesOf(['a/1.ts', 'a/2.ts'], ['a/2.ts', 'a/3.ts'], ['a/3.ts', 'a/1.ts'])).toEqual([
      'cycle of files: a/1.ts -> a/2.ts -> a/3.ts -> a/1.ts',
    ]);
  });

  it('reports a cycle of folders whose files form none', () => {
    expect(cyclesOf(['a/1.ts', 'b/2.ts'], ['b/3.ts', 'a/4.ts'])).toEqual([
      'cycle of folders: a -> b -> a',
    ]);
  });

  it('reports a cycle of subfolders of one folder', () => {
    expect(cyclesOf(['a/x/1.ts', 'a/y/2.ts'], ['a/y/3.ts', 'a/x/4.ts'])).toEqual([
      'cycle of folders: a/x -> a/y -> a/x',
    ]);
  });

  it('takes a folder and its subfolder as one unit', () => {
    expect(cyclesOf(['a/1.ts', 'a/x/2.ts'], ['a/x/3.ts', 'a/4.ts'])).toEqual([]);
  });
});
