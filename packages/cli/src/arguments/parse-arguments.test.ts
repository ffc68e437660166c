import { describe, expect, it } from 'vitest';

import { type Arguments, type Command, defineCommand, type Program } from './command.ts';
import { parseArguments } from './parse-arguments.ts';

const definitions = {
  'users list': defineCommand({
    options: {
      select: { kind: 'list', describe: 'Properties' },
      filter: { kind: 'text', describe: 'Filter' },
      limit: { kind: 'whole-number', min: 1, describe: 'Limit' },
      'page-size': { kind: 'whole-number', min: 1, max: 999, describe: 'Page size' },
      output: { kind: 'text', alias: 'o', choices: ['json', 'csv'], describe: 'Format' },
      force: { kind: 'flag', describe: 'Force' },
    },
    examples: [],
    run: async () => {},
  }),
  'users get': defineCommand({
    positional: { name: 'id', describe: 'Object ID', many: true },
    options: {},
    examples: [],
    run: async () => {},
  }),
  token: defineCommand({ options: {}, examples: [], run: async () => {} }),
} satisfies Record<string, Command>;
const program: Program = {
  name: 'rollcall',
  summary: 'For tests.',
  topics: { settings: { summary: 'Settings', load: () => Promise.resolve({}) } },
  nouns: { users: 'Users' },
  options: { help: { kind: 'flag', alias: 'h', describe: 'Help' } },
  rootOptions: {},
  exitCodes: [],
  commands: Object.entries(definitions).map(([name, definition]) => ({
    name,
    summary: name,
    load: async () => definition,
  })),
};

const parse = (...argv: string[]) => parseArguments(argv, program);
const args = async (...argv: string[]): Promise<Arguments> => {
  const request = await parse(...argv);
  if (request.kind !== 'run') throw new Error('expected a command');
  return request.args;
};
const refusal = async (...argv: string[]): Promise<string> => {
  const error = await parse(...argv).catch((thrown: unknown) => thrown);
  if (!(error instanceof Error && 'hint' in error)) throw new Error('expected a UsageError');
  return `${error.message} | ${String(error.hint)}`;
};

describe('values', () => {
  it('reads each kind as its type', async () => {
    expect(
      await args(
        'users',
        'list',
        '--select',
        'id, mail,',
        '--select=upn',
        '--limit',
        '5',
        '-o',
        'csv',
      ),
    ).toEqual({
      select: ['id', 'mail', 'upn'],
      filter: undefined,
      limit: 5,
      'page-size': undefined,
      output: 'csv',
      force: false,
      help: false,
    });
  });

  it('keeps text as it was typed: numbers, dots, dashes, prototype names', async () => {
    expect(await args('users', 'list', '--filter', '007')).toMatchObject({ filter: '007' });
    expect(await args('users', 'list', '--filter=-x __proto__.y')).toMatchObject({
      filter: '-x __proto__.y',
    });
    expect(await args('users', 'get', '0123', '1e3')).toMatchObject({ id: ['0123', '1e3'] });
    expect(await args('users', 'get', '--', '-dash@x')).toMatchObject({ id: ['-dash@x'] });
  });

  it('splits lists only', async () => {
    expect(await args('users', 'list', '--filter', 'a,b')).toMatchObject({ filter: 'a,b' });
  });

  it.each([
    [
      ['--limit', '0'],
      'Invalid value "0" for --limit: expected a whole number of at least 1. | Example: --limit 100',
    ],
    [['--limit', 'ten'], 'Invalid value "ten" for --limit: '],
    [['--limit', '1.5'], '"1.5"'],
    [['--page-size', '1000'], 'for --page-size: expected a whole number from 1 to 999.'],
    [['--output', 'xml'], 'Invalid value "xml" for --output. | Valid values: json, csv.'],
    [
      ['--filter', 'a', '--filter', 'b'],
      '--filter is specified more than once. | Specify it once.',
    ],
    [['--filter'], '--filter requires a value. | Specify --filter VALUE, or remove the flag.'],
    [['--filter='], '--filter requires a value. | Specify --filter VALUE, or remove the flag.'],
  ])('refuses %j', async (argv, message) => {
    expect(await refusal('users', 'list', ...argv)).toContain(message);
  });
});

describe('unknown commands and flags', () => {
  it.each([
    [['users', 'list', '--fliter', 'x'], 'Unknown flag: --fliter. | Did you mean --filter?'],
    [['users', 'list', '--top', '5'], 'Unknown flag: --top. | Use --limit or --page-size instead.'],
    [
      ['users', 'list', '--__proto__', 'x'],
      'Unknown flag: --___proto___. | Run `rollcall users list --help` to list the flags.',
    ],
    [['users', 'list', 'extra'], 'Unexpected argument "extra".'],
    [['users', 'lits'], 'Unknown command "users lits". | Did you mean list?'],
    [['usres', 'list'], 'Unknown command "usres". | Did you mean users?'],
    [['frobnicate'], 'Unknown command "frobnicate". | Run `rollcall --help` to list the commands.'],
    [['users', 'get'], 'Missing argument: ID (Object ID).'],
    [['--verbos', 'token'], 'Unknown flag: --verbos.'],
  ])('%j', async (argv, message) => {
    expect(await refusal(...argv)).toContain(message);
  });
});

describe('help', () => {
  it.each([
    [[], []],
    [['--help'], []],
    [['help'], []],
    [['-h', 'users'], ['users']],
    [['users'], ['users']],
    [['help', 'users'], ['users']],
    [
      ['users', 'list', '--help'],
      ['users', 'list'],
    ],
    [
      ['help', 'users', 'get'],
      ['users', 'get'],
    ],
    [
      ['users', 'get', '--help', '--nonsense'],
      ['users', 'get'],
    ],
  ])('%j', async (argv, words) => {
    expect(await parse(...argv)).toEqual({ kind: 'help', words });
  });
});
