import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { program } from '../program.ts';
import { grammar, quoted } from './grammar.ts';
import { zsh } from './zsh.ts';

const hasZsh = spawnSync('zsh', ['-f', '-c', 'true']).status === 0;
const states = await grammar(program);

/** A zsh without configuration behind a pseudo-terminal. It prints the command line that each TAB leads to. */
const session = (script: string, lines: readonly string[]): string => `
zmodload zsh/zpty
zpty z 'TERM=xterm zsh -f -i'
await() { zpty -r -m z out "*$1*"; print -r -- "$out" }
zpty -w z ${quoted(`PROMPT=; LISTMAX=1000; stty columns 200; source ${script}; rollcall() { print -r -- "RAN:$*:" }; print LOA''DED`)}
await LOADED >/dev/null
${lines.map((line) => `zpty -w -n z ${quoted(line)}$'\\t\\n'`).join('\n')}
zpty -w z "print RE''ADY"
await READY
zpty -w -n z ${quoted('rollcall users ')}$'\\t'
await 'List all users'
zpty -w -n z $'\\C-u'
zpty -w z "print DO''NE"
await DONE
zpty -d z
`;

describe.skipIf(!hasZsh)('completion for zsh, in a zsh without configuration', () => {
  const expected: Readonly<Record<string, string>> = {
    'rollcall u': 'users',
    'rollcall users li': 'users list',
    'rollcall users list --sel': 'users list --select',
    'rollcall --quiet config c': '--quiet config check',
    'rollcall completion z': 'completion zsh',
    'rollcall users list --output=nd': 'users list --output=ndjson',
    'rollcall users list -o nd': 'users list -o ndjson',
    'rollcall doctor --cloud gl': 'doctor --cloud global',
    'rollcall token --credential=man': 'token --credential=managed-identity',
  };

  it('completes words, options and values, and lists alternatives with their descriptions', () => {
    const folder = mkdtempSync(join(tmpdir(), 'zsh-'));
    try {
      const script = join(folder, 'rollcall.zsh');
      writeFileSync(script, zsh('rollcall', states));
      const { stdout, stderr } = spawnSync('zsh', ['-f'], {
        input: session(script, Object.keys(expected)),
        encoding: 'utf8',
        timeout: 30_000,
        env: { PATH: process.env['PATH'], HOME: folder },
      });
      expect(stderr).toBe('');
      const ran = [...stdout.matchAll(/RAN:(.*?) ?:\r?$/gmu)].map(([, words = '']) => words.trim());
      expect(ran).toEqual(Object.values(expected));
      expect(stdout).toMatch(/list +-- List all users/u);
      expect(stdout).toMatch(/get +-- Show users by/u);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
