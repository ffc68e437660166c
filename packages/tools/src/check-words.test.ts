import { describe, expect, it } from 'vitest';

import { checkWords } from './check-words.ts';

describe('phrases', () => {
  it.each([
    ['whoever', '// The lock is free for whoever comes next.'],
    ['is no c', 'const why = "this is no credential";'],
    ['Leave one of them away', "const hint = 'Leave one of them away.';"],
    ['mends', '/** Mends a link. */'],
    ['beside', '/** Certificates beside those of Node. */'],
    ['for ever', "it('waits for ever', wait);"],
  ])('finds "%s" in code, with file, line and replacement', (phrase, line) => {
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

  it.each([
    ['a block comment', '/**\n * A cache that is renewed of its\n * own accord.\n */'],
    ['line comments', '// A cache that is renewed\n  // of its\n  // own accord.'],
  ])('finds a phrase over two lines of %s', (_, source) => {
    expect(checkWords('packages/core/src/x.ts', source)).toEqual([
      'packages/core/src/x.ts:2: "of its own accord": write by itself, without being asked',
    ]);
  });

  it('finds a phrase in an identifier and in the name of a file', () => {
    expect(checkWords('packages/core/src/x.ts', 'const evilLink = isTold;')).toHaveLength(2);
    expect(checkWords('packages/core/src/bad-days.ts', '')).toEqual([
      'packages/core/src/bad-days.ts: "bad days" in the name of the file: write fault, outage, hostile response',
    ]);
  });
});

describe('comments', () => {
  const path = 'packages/core/src/x.ts';
  const code = `const text = '${'x'.repeat(120)}';`;

  it('finds a comment of more than 120 columns', () => {
    const comment = `  // ${'x'.repeat(116)}`;
    expect(checkWords(path, `${code}\n${comment}`)).toEqual([
      `${path}:2: a line with a comment has 121 columns: write at most 120`,
    ]);
    expect(checkWords(path, comment.slice(0, 120))).toEqual([]);
  });

  it('finds a long line in a block, and code that a comment makes long', () => {
    expect(checkWords(path, `/*\n${'x'.repeat(121)}\n*/`)).toHaveLength(1);
    expect(checkWords(path, `const x = 1; // ${'x'.repeat(120)}`)).toHaveLength(1);
  });

  it('finds a long comment in a shell script', () => {
    expect(checkWords('.ci/run', `# ${'x'.repeat(119)}`)).toHaveLength(1);
  });

  it('accepts long code and long strings that look like a comment', () => {
    expect(checkWords(path, `${code}\nconst url = 'https://${'x'.repeat(120)}';`)).toEqual([]);
  });
});

describe('quotations', () => {
  const quotation = { file: 'docs/x.md', text: 'for whomever it may concern', reason: 'a title' };

  it('are accepted, but not the same phrase elsewhere in the file', () => {
    const page = `The page "for whomever it may concern".\nFor whomever.`;
    expect(checkWords('docs/x.md', page, [quotation])).toEqual([
      'docs/x.md:2: "whomever": write the caller, the administrator, another process',
    ]);
  });

  it('are reported when the file does not contain them', () => {
    expect(checkWords('docs/x.md', 'A page.', [quotation])).toEqual([
      'docs/x.md: does not contain "for whomever it may concern". Remove it from word-exceptions.ts.',
    ]);
  });
});
