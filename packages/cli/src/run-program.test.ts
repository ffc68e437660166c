import { describe, expect, it } from 'vitest';

import { program } from './program.ts';
import { runProgram } from './run-program.ts';
import { createFakeHost, type FakeHostOptions } from './testing/fake-host.ts';

async function run(argv: readonly string[], options?: FakeHostOptions) {
  const fake = createFakeHost(options);
  const code = await runProgram(argv, fake.host);
  return { code, out: fake.stdout(), err: fake.stderr() };
}

describe('the program', () => {
  it('shows help on standard output, in at most 80 columns', async () => {
    const words = ['', ...Object.keys(program.nouns), ...program.commands.map(({ name }) => name)];
    for (const word of words) {
      const { code, out, err } = await run([...word.split(' ').filter(Boolean), '--help'], {
        terminal: true,
        columns: 200,
      });
      expect({ word, code, err }).toEqual({ word, code: 0, err: '' });
      expect(out).toContain(`Usage: rollcall ${word}`.trim());
      const tooLong = out.split('\n').filter((line) => line.length > 80);
      expect(tooLong.filter((line) => !line.startsWith('  rollcall '))).toEqual([]);
    }
  });

  it('says what is wrong in three parts, and exits 2', async () => {
    expect(await run(['complete'])).toEqual({
      code: 2,
      out: '',
      err: [
        'error: Unknown command "complete".',
        '  code: E_USAGE',
        '  hint: Did you mean completion?',
        '  docs: docs/reference/commands.md',
        '',
      ].join('\n'),
    });
  });

  it('keeps the help of a command short: common options are described by `help settings`', async () => {
    for (const { name } of program.commands) {
      const { out } = await run(['help', ...name.split(' ')]);
      expect({ name, lines: out.split('\n').length }).toSatisfy(
        ({ lines }: { lines: number }) => lines <= 70,
      );
      expect(out).not.toContain('File with environment variables');
    }
    const { code, out } = await run(['help', 'settings']);
    expect(code).toBe(0);
    expect(out).toContain('--env-file FILE');
    expect(out).toContain('-q, --quiet');
    expect((await run(['users', 'list', '--help'])).out).toContain('`rollcall help settings`');
  });

  it.each([['help', 'nonsense'], ['nonsense', '--help'], ['help', 'users', 'lits'], ['settings']])(
    'refuses help for what does not exist: %j %j',
    async (...argv) => {
      const { code, err } = await run(argv);
      expect(code).toBe(2);
      expect(err).toContain('Unknown command');
    },
  );

  it('says it as one JSON object where asked', async () => {
    const { code, err } = await run(['--log-format', 'json', 'complete']);
    expect(code).toBe(2);
    expect(JSON.parse(err)).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/u) as string,
      level: 'error',
      code: 'E_USAGE',
      category: 'usage',
      message: 'Unknown command "complete".',
    });
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it.each(['--secret', '--client-secret', '--password', '--passphrase'])(
    'faults A7 row 80: %s on the command line is refused, its value never repeated',
    async (flag) => {
      for (const argv of [
        ['completion', 'bash', flag, 'canary-7f3a'],
        [`${flag}=canary-7f3a`, 'completion', 'bash'],
      ]) {
        const { code, out, err } = await run(argv);
        expect(code).toBe(2);
        expect(err).toContain(`${flag} is not supported`);
        expect(err).toContain('--secret-file');
        expect(out + err).not.toContain('canary');
      }
    },
  );

  it('colours for people only', async () => {
    const escape = '\u001B[';
    expect((await run(['nope'], { terminal: true })).err).toContain(escape);
    expect((await run(['nope'], { terminal: true, env: { NO_COLOR: '1' } })).err).not.toContain(
      escape,
    );
    expect((await run(['nope', '--no-color'], { terminal: true })).err).not.toContain(escape);
    expect((await run(['nope'])).err).not.toContain(escape);
  });
});
