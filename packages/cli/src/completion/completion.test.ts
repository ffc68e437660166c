import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { program } from '../program.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { grammar } from './grammar.ts';
import { powershell } from './powershell.ts';
import { shells } from './shells.ts';

const states = await grammar(program);

/** What bash offers at the end of `line`. */
function offered(line: string): readonly string[] {
  // Bash takes `=` for a word of its own.
  const words = line.split(/ |(?==)|(?<==)/u);
  const script = `${bash('rollcall', states)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}
_rollcall; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc'], { input: script, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('completion for bash, in bash', () => {
  it.each([
    ['rollcall u', ['users']],
    ['rollcall users ', ['list', 'get', 'count', 'explain']],
    ['rollcall users list --sel', ['--select']],
    ['rollcall users list -o t', ['tsv', 'table']],
    ['rollcall --quiet config c', ['check']],
    ['rollcall completion ', ['bash', 'zsh', 'fish', '--quiet']],
    ['rollcall users list --filter x', ['']],
    ['rollcall users list --output=', ['json', 'csv']],
    ['rollcall users list --output=nd', ['ndjson']],
    ['rollcall users list --cloud ', ['global', 'china']],
    ['rollcall doctor --cloud=gl', ['global']],
    ['rollcall token --credential client-', ['client-secret', 'client-certificate']],
    ['rollcall token --credential=man', ['managed-identity']],
    ['rollcall token --token-cache ', ['memory', 'file']],
  ])('%s', (line, expected) => {
    expect(offered(line)).toEqual(expect.arrayContaining(expected));
  });
});

it('knows every command and option, in every shell', () => {
  for (const shell of Object.values(shells)) {
    const script = shell('rollcall', states);
    for (const { name } of program.commands)
      for (const word of name.split(' ')) expect(script).toContain(word);
    expect(script).toContain('secret-file');
  }
});

it('powershell quotes every text, and has no key of a table twice', () => {
  const script = powershell('rollcall', states);
  // What remains without its quoted strings and comments has balanced brackets and no quotes.
  const bare = script.replaceAll(/'(?:[^']|'')*'|"[^"]*"|^#.*$/gmu, '');
  for (const [open, close] of ['()', '{}', '[]'])
    expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length);
  expect(bare).not.toMatch(/['"]/u);
  for (const table of script.split(/= @\{/u).slice(1)) {
    const [body = ''] = table.split(/^ {2}\}/mu);
    const keys = [...body.matchAll(/^ {4}('(?:[^']|'')*') =/gmu)].map(([, key = '']) =>
      key.toLowerCase(),
    );
    expect(keys.length).toBeGreaterThan(3);
    expect(new Set(keys).size).toBe(keys.length);
  }
  const quotes = powershell('rollcall', [
    { typed: '', words: [{ text: 'x', describe: "it's" }], options: [] },
  ]);
  expect(quotes).toContain("@('x', 'it''s')");
});

it('survives quotes in descriptions', () => {
  const script = fish('rollcall', [
    { typed: '', words: [{ text: 'x', describe: "it's" }], options: [] },
  ]);
  expect(script).toContain("-d 'it'\\''s'");
});
