import { describe, expect, it } from 'vitest';

import { checkWords } from './check-words.ts';

describe('words', () => {
  it.each([
    ['whoever', '// The lock is free for whoever comes next.'],
    ['is no c', 'const why = "this is no credential";'],
    ['Leave one of them away', "hint: 'Leave one of them away.',"],
    ['mends', '/** Mends a link. */'],
    ['beside', '/** Certificates beside those of Node. */'],
  ])('finds "%s" in code', (phrase, line) => {
    const [problem, ...others] = checkWords('packages/core/src/x.ts', `\n${line}\n`);
    expect(problem?.toLowerCase()).toContain(`x.ts:2: "${phrase.toLowerCase()}": write `);
    expect(others).toEqual([]);
  });

  it.each([
    'There is no need to wait.',
    'The link is no longer valid.',
    'There are no base classes.',
    'The recommended way is to append.',
  ])('accepts "%s"', (line) => {
    expect(checkWords('docs/x.md', line)).toEqual([]);
  });

  it('finds a phrase in a page, which may have long lines', () => {
    const long = 'word '.repeat(40);
    expect(checkWords('docs/x.md', `${long}\n${long}somebody`)).toEqual([
      'docs/x.md:2: "somebody": write the caller, a user, another process',
    ]);
  });

  it('finds comments of more than 120 columns, but not code', () => {
    const code = `const text = '${'x'.repeat(120)}';`;
    const comment = `  // ${'x'.repeat(116)}`;
    expect(checkWords('packages/core/src/x.ts', `${code}\n${comment}`)).toEqual([
      'packages/core/src/x.ts:2: a comment of 121 columns; 120 at most',
    ]);
    expect(checkWords('packages/core/src/x.ts', comment.slice(0, 120))).toEqual([]);
  });
});
