import { spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { program } from '../program.ts';
import { manPage } from './man-page.ts';

const page = await manPage(program, '1.2.3');
const hasGroff = spawnSync('groff', ['--version']).status === 0;

it('describes every command, its options and the exit codes once', async () => {
  const plain = page.replaceAll(String.raw`\-`, '-');
  for (const { name, load } of program.commands) {
    expect(plain).toContain(`.SS \\fBrollcall ${name}\\fR`);
    for (const option of Object.keys((await load()).options))
      expect(plain).toContain(`\\fB--${option}\\fR`);
  }
  expect(plain.split('\\fB--env-file\\fR')).toHaveLength(2);
  for (const [code] of program.exitCodes) expect(plain).toContain(`.TP\n\\fB${code}\\fR`);
});

describe.skipIf(!hasGroff)('in groff', () => {
  it('has no errors, and shows examples as they are typed', () => {
    const { stdout, stderr, status } = spawnSync('groff', ['-man', '-ww', '-Tutf8', '-P-cbou'], {
      input: page,
      encoding: 'utf8',
      env: { ...process.env, MANWIDTH: '80' },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('ROLLCALL(1)');
    expect(stdout).toContain('rollcall users list --config parameters.json');
    expect(stdout).toContain('Do not escape cells that start with = + - @.');
  });
});
