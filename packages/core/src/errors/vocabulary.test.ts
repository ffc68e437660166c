import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const sources = join(import.meta.dirname, '..');

/** Text of the command line: a flag, the name of the command with a subcommand, or the advice to set a variable. */
const commandLine =
  /--[a-z][a-z-]{2,}|\brollcall (?:users|config|doctor|token(?! cache)|consent|sandbox)\b|\b(?:[Ss]et|[Uu]se|[Uu]nset) [A-Z]{3,}_[A-Z_]+\b/u;

/** Files that read the command line, so that they name the source of a value by its flag. */
const readsCommandLine = /^settings\/(?:load-settings|sources\/.*|profiles\/.*)\.ts$/u;

/** Returns the lines of code, without comments, that contain text of the command line. */
function flagged(file: string, text: string): string[] {
  return text
    .replaceAll(/\/\*[^]*?\*\//gu, (comment) => comment.replaceAll(/[^\n]/gu, ''))
    .split('\n')
    .flatMap((line, index) => {
      const code = line.replace(/\/\/ .*$/u, '');
      return commandLine.test(code) ? [`${file}:${index + 1}: ${code.trim()}`] : [];
    });
}

it('names no flag, no command and no variable: each front end words the remedies', () => {
  const files = globSync('**/*.ts', { cwd: sources }).filter(
    (file) => !/\.test\.ts$|(?:^|\/)testing\//u.test(file) && !readsCommandLine.test(file),
  );
  expect(files.length).toBeGreaterThan(150);
  const found = files.flatMap((file) => flagged(file, readFileSync(join(sources, file), 'utf8')));
  expect(found).toEqual([]);
});

it('would find a flag, a command and a variable in a message', () => {
  const planted =
    "/** `--select` */\nhint: 'Use --select id.',\nhint: 'Run `rollcall doctor`.', // x\nhint: 'Set HTTPS_PROXY.',";
  expect(flagged('x.ts', planted)).toEqual([
    "x.ts:2: hint: 'Use --select id.',",
    "x.ts:3: hint: 'Run `rollcall doctor`.',",
    "x.ts:4: hint: 'Set HTTPS_PROXY.',",
  ]);
});
