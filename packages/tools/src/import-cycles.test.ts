import { describe, expect, it } from 'vitest';

import { checkFileCycles, checkFolderCycles } from './import-cycles.ts';

function imports(...pairs: readonly (readonly [from: string, to: string])[]) {
  return pairs.map(([from, to], index) => ({ from, to, line: index + 1 }));
}

describe('cycles of files', () => {
  it('accepts imports without a cycle', () => {
    expect(
      checkFileCycles(imports(['a/1.ts', 'b/2.ts'], ['a/1.ts', 'c/3.ts'], ['b/2.ts', 'c/3.ts'])),
    ).toEqual([]);
  });

  it('reports a cycle once, with file, line and remedy, from any of its files', () => {
    const cycle = [
      ['a/1.ts', 'a/2.ts'],
      ['a/2.ts', 'a/3.ts'],
      ['a/3.ts', 'a/1.ts'],
    ] as const;
    expect(checkFileCycles(imports(...cycle))).toEqual([
      'a/1.ts:1: these files import each other: a/1.ts -> a/2.ts -> a/3.ts -> a/1.ts. Move the code that they share to a file that imports none of them.',
    ]);
    expect(checkFileCycles(imports(...cycle.toReversed()))).toHaveLength(1);
  });

  it('reports a file that imports itself', () => {
    expect(checkFileCycles(imports(['a/1.ts', 'a/1.ts']))).toHaveLength(1);
  });
});

describe('cycles of folders', () => {
  it('reports a cycle of folders whose files form none', () => {
    const cycle = imports(['a/1.ts', 'b/2.ts'], ['b/3.ts', 'a/4.ts']);
    expect(checkFileCycles(cycle)).toEqual([]);
    expect(checkFolderCycles(cycle)).toEqual([
      'a/1.ts:1: these folders import each other: a -> b -> a. Move the code that they share to a folder that imports none of them.',
    ]);
  });

  it('reports a cycle of subfolders of one folder', () => {
    expect(
      checkFolderCycles(imports(['a/x/1.ts', 'a/y/2.ts'], ['a/y/3.ts', 'a/x/4.ts']))[0],
    ).toContain(': a/x -> a/y -> a/x. ');
  });

  it('takes a folder and its subfolder as one unit', () => {
    expect(checkFolderCycles(imports(['a/1.ts', 'a/x/2.ts'], ['a/x/3.ts', 'a/4.ts']))).toEqual([]);
  });
});
