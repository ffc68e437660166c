import type { User } from '@microsoft/microsoft-graph-types';
import { parse } from 'csv-parse/sync';
import { array, assert, oneof, property, string, stringMatching, tuple } from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';

import { cellOf } from './cell.ts';
import { type FormatName, formats } from './formats.ts';
import type { SinkOptions } from './sink.ts';

const people: readonly User[] = [
  { id: '1', displayName: 'Ada "the" Lovelace, Countess', businessPhones: ['+1 425', '2'] },
  { id: '2', displayName: "O'Neil\nline\r\ntwo\ttab", mail: null },
  { id: '3', displayName: '=HYPERLINK("x")', manager: { id: '9' } },
  { id: '4', displayName: '王小明 👩‍👩‍👧 é', surname: '\u202Eforged\u001B[31m' },
];

function written(name: FormatName, pages: readonly (readonly User[])[], options: SinkOptions = {}) {
  const sink = formats[name].createSink(options);
  return sink.head() + pages.flatMap((page) => [...sink.page(page)]).join('') + sink.tail();
}

describe.each(Object.keys(formats) as FormatName[])('the format %s', (name) => {
  it('writes the same, however the users are cut into pages', () => {
    const [first = {}, ...rest] = people;
    expect(written(name, [[first], [], rest], { columns: ['id'] })).toBe(
      written(name, [people], { columns: ['id'] }),
    );
  });

  it('continues after a page in another process', () => {
    const options = { columns: ['id', 'displayName'] };
    const before = formats[name].createSink(options);
    const begun = before.head() + [...before.page(people.slice(0, 2))].join('');
    const saved = JSON.parse(JSON.stringify(before.save?.() ?? null)) as unknown;
    const after = formats[name].createSink({ ...options, saved });
    expect(begun + [...after.page(people.slice(2))].join('') + after.tail()).toBe(
      written(name, [people.slice(0, 2), people.slice(2)], options),
    );
  });

  it('ends with a line feed unless it is empty, and is valid without users', () => {
    expect(written(name, [people])).toMatch(/\n$/);
    expect(written(name, [])).toBe(written(name, [[]]));
  });

  it('says what it is', () => {
    expect(formats[name].mediaType).toMatch(/^[a-z]+\/[a-z-]+$/);
    expect(formats[name].describe).not.toBe('');
  });
});

it('json and ndjson give back what came, byte for byte', () => {
  expect(JSON.parse(written('json', [people.slice(0, 1), people.slice(1)]))).toEqual(people);
  expect(JSON.parse(written('json', []))).toEqual([]);
  const lines = written('ndjson', [people]).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as User)).toEqual(people);
});

it('table folds long lists on a terminal only', () => {
  const user = { id: '1', businessPhones: ['+1', '+2', '+3', '+4'], otherMails: ['a@b', 'c@d'] };
  const columns = ['businessPhones', 'otherMails'];
  const rowOf = (options: SinkOptions) => written('table', [[user]], options).split('\n')[2];
  expect(rowOf({ columns, width: 80 })).toBe('+1; +2; +2      a@b; c@d');
  expect(rowOf({ columns })).toBe('+1; +2; +3; +4  a@b; c@d');
});

it('table keeps the ID whole at 80 columns, and cuts other columns', () => {
  const user = {
    id: '6f1b7a52-9f0e-4d7a-8f44-0c3d6a1b2c3d',
    displayName: 'A very long display name that does not fit',
    userPrincipalName: 'ada.lovelace.of.london@a-very-long-domain.example',
  };
  const [, , row = ''] = written('table', [[user]], { width: 80 }).split('\n');
  expect(row).toHaveLength(80);
  expect(row.endsWith(user.id)).toBe(true);
});

it('yaml gives back what came, in versions 1.1 and 1.2', () => {
  const odd = { yes: 1, '@odata.type': '#x', 'a: b': [[1, [2]], { n: 1e300 }], __proto_: 'x' };
  const awkward: readonly User[] = [
    ...people,
    {
      id: 'no',
      displayName: '2026-11-25',
      surname: '\u0085\u2028\u009B\uFEFF "quoted" # no comment: \\n',
      assignedLicenses: [
        { skuId: 'a', disabledPlans: [] },
        { skuId: 'b', disabledPlans: ['c'] },
      ],
      onPremisesExtensionAttributes: {},
      manager: { id: '1', displayName: null } as User,
      accountEnabled: true,
      ...odd,
    },
  ];
  const text = written('yaml', [awkward.slice(0, 2), awkward.slice(2)]);
  for (const version of ['1.1', '1.2'] as const)
    expect(parseYaml(text, { version })).toEqual(JSON.parse(JSON.stringify(awkward)));
  expect(written('yaml', [[{ id: '1', displayName: 'Ada' }]])).toBe(
    '- id: "1"\n  displayName: "Ada"\n',
  );
  expect(parseYaml(written('yaml', []))).toEqual([]);
});

it('faults A6 row 65: huge, emoji, right-to-left and combining text comes through whole', () => {
  const users = [
    { id: '1', displayName: 'x'.repeat(1_000_000) },
    { id: '2', proxyAddresses: Array.from({ length: 10_000 }, (_, at) => `smtp:${at}@b.example`) },
    { id: '3', displayName: '\u202Eא\u0301👩‍👩‍👧\u{1F3F4}' },
  ];
  expect(JSON.parse(written('json', [users]))).toEqual(users);
  const rows = parse(written('csv', [users], { columns: ['displayName'] }));
  expect(rows.slice(1).map(([cell]) => cell)).toEqual([
    'x'.repeat(1_000_000),
    '',
    '\u202Eא\u0301👩‍👩‍👧\u{1F3F4}',
  ]);
});

it('faults A6 row 66: lone surrogates and control characters stay valid JSON', () => {
  const users = [{ id: '1', displayName: 'a\uD800b\u0000c\u001F' }];
  const bytes = Buffer.from(written('ndjson', [users]));
  expect(JSON.parse(bytes.toString('utf8'))).toEqual(users[0]);
});

describe('faults A8 row 88: cells that a spreadsheet would run as a formula', () => {
  const column = 'displayName';
  const cells = (format: 'csv' | 'tsv', values: readonly string[], raw: boolean): string[] => {
    const users = values.map((displayName) => ({ displayName }));
    const text = written(format, [users], { columns: [column], raw });
    const delimiter = format === 'csv' ? ',' : '\t';
    return parse(text, { delimiter })
      .slice(1)
      .map((row) => row[0] ?? '');
  };
  const formulas = [
    ...['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'].map((sign) => `${sign}cmd|1`),
    ...[' ', '\u00A0', '\uFEFF', '\u200B', '\u2060', '\u3000', '"', "'", ';', ' ;', '|', '\t'].map(
      (before) => `${before}=1+1`,
    ),
    ...['\u001B[31m', '\u0000', '\r', '\n', '\u0085'].map((control) => `${control}text`),
    '+SUM(1)',
    '+1+1',
    '+1-1=2',
    '-1 425 555 0100',
  ];
  const harmless = [
    '+1 425 555 0100',
    '+49 (0)30 1234-56',
    '+1/425.555.0100',
    'a=b',
    '',
    'a,b"c\nd',
    'Ada;=1',
    '\u05D0\u0301',
  ];

  it('csv begins them with an apostrophe, and changes nothing else', () => {
    expect(cells('csv', formulas, false)).toEqual(formulas.map((cell) => `'${cell}`));
    expect(cells('csv', harmless, false)).toEqual(harmless);
    expect(cells('csv', formulas, true)).toEqual(formulas);
    expect(written('csv', [], { columns: ['=cmd'] })).toContain("'=cmd");
  });

  it('tsv changes nothing', () => {
    expect(cells('tsv', [...formulas, ...harmless], false)).toEqual([...formulas, ...harmless]);
  });

  it('a cell that a spreadsheet with another separator would divide is in quotes', () => {
    const text = written('csv', [[{ displayName: 'Ada;=1+1' }, { displayName: 'Ada\t=1+1' }]], {
      columns: [column],
    });
    expect(text).toBe('displayName\r\n"Ada;=1+1"\r\n"Ada\t=1+1"\r\n');
  });

  it('their number is known, also after a listing was resumed', () => {
    const first = formats.csv.createSink({ columns: [column] });
    void [...first.page([{ displayName: '=1' }, { displayName: 'Ada' }])];
    const second = formats.csv.createSink({ columns: [column], saved: first.save?.() });
    void [...second.page([{ displayName: '@1' }])];
    expect([first.escapedCells?.(), second.escapedCells?.()]).toEqual([1, 2]);
  });
});

it.each(['csv', 'tsv'] as const)(
  'faults A8 row 88: %s preserves every cell, regardless of its content',
  (name) => {
    const cell = oneof(string({ unit: 'grapheme' }), stringMatching(/^[a",;\t\r\n' ]{0,8}$/));
    assert(
      property(array(tuple(cell, cell), { minLength: 1, maxLength: 20 }), (rows) => {
        const users = rows.map(([displayName, mail]) => ({ displayName, mail }));
        const text = written(name, [users], { columns: ['displayName', 'mail'], raw: true });
        const read: string[][] = parse(text, { delimiter: name === 'csv' ? ',' : '\t' });
        expect(read.slice(1)).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  },
);

it.each([
  ['csv', '"a\rb","a\nb","a,b","a""b","a\tb"\r\n'],
  ['tsv', '"a\rb"\t"a\nb"\ta,b\t"a""b"\t"a\tb"\n'],
] as const)('faults A8 row 88: %s quotes what has to be quoted, and nothing else', (name, row) => {
  const user: object = { a: 'a\rb', b: 'a\nb', c: 'a,b', d: 'a"b', e: 'a\tb' };
  expect(written(name, [[user]], { columns: Object.keys(user) })).toContain(
    `e${name === 'csv' ? '\r' : ''}\n${row}`,
  );
});

it('csv has a header without rows, and one cell a column by the documented rule', () => {
  expect(written('csv', [], { columns: ['id', 'mail'] })).toBe('id,mail\r\n');
  const user = {
    id: '1',
    a: { b: { c: 'deep' }, 'x.y': 1 },
    list: ['p', 'q'],
    objects: [{ z: 1 }],
    flag: false,
    none: null,
    'extension_a.b': 'whole',
  };
  expect(
    [
      'id',
      'a.b.c',
      'a/b/c',
      'a.b',
      'list',
      'objects',
      'flag',
      'none',
      'extension_a.b',
      'no',
      'constructor',
      'list.length',
    ].map((column) => cellOf(user, column)),
  ).toEqual([
    '1',
    'deep',
    'deep',
    '{"c":"deep"}',
    'p; q',
    '[{"z":1}]',
    'false',
    '',
    'whole',
    '',
    '',
    '',
  ]);
});

it('faults A8 row 89: a table shows control and bidi characters escaped; json keeps them raw', () => {
  const shown = written('table', [people], { columns: ['surname', 'displayName'] });
  expect(shown).toContain('\\u202eforged\\u001b[31m');
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
  expect(JSON.parse(written('json', [people]))).toEqual(people);
});

it('a table leaves joiners in names alone, and shows the marks that turn the direction', () => {
  const users = [{ displayName: 'ابن\u200Cسينا 👩\u200D🚀 \u200Ba\u200Eb\u200Fc' }];
  expect(written('table', [users], { columns: ['displayName'] })).toContain(
    'ابن\u200Cسينا 👩\u200D🚀 \\u200ba\\u200eb\\u200fc',
  );
});

it('a table fits the terminal by display width', () => {
  const wide = [{ displayName: '王'.repeat(60), userPrincipalName: 'a'.repeat(90), id: '1' }];
  const lines = written('table', [wide], { width: 60 }).trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(60);
  expect(lines[2]).toContain('…');
  expect(written('table', [], { columns: ['id'] })).toBe('id\n--\n');
});

it('a table that no terminal shows cuts nothing, on later pages either', () => {
  const name = 'a'.repeat(90);
  const users = [{ id: '1' }, { id: '2', displayName: name, userPrincipalName: name.repeat(2) }];
  const lines = written('table', [users.slice(0, 1), users.slice(1)]).split('\n');
  expect(lines[3]).toBe(`${name}  ${name.repeat(2)}  2`);
  const huge = written('table', [[{ id: '1', displayName: 'x'.repeat(1_000_000) }]]);
  expect(huge.length).toBeLessThan(3000);
  expect(huge).toContain('x…');
});

describe('a column that is a path', () => {
  const user = {
    assignedLicenses: [{ skuId: 'a', disabledPlans: ['x', 'y'] }, { skuId: 'b' }],
    identities: [{ issuer: 'contoso.com' }, { signInType: 'federated' }],
    extension_AbC_Level: 7,
    empty: [],
  };

  it.each([
    ['assignedLicenses.skuId', 'a; b'],
    ['assignedLicenses/skuId', 'a; b'],
    ['identities.issuer', 'contoso.com'],
    ['assignedLicenses.unknown', ''],
    ['empty.skuId', ''],
    ['extension_abc_level', '7'],
  ])('%s has the value %j', (column, expected) => {
    expect(cellOf(user, column)).toBe(expected);
  });
});

it('the byte order mark of CSV is at the beginning of the file only', () => {
  const options = { columns: ['id'], bom: true };
  expect(written('csv', [people.slice(0, 1), people.slice(1, 2)], options)).toBe(
    '\uFEFFid\r\n1\r\n2\r\n',
  );
  expect(written('csv', [people.slice(0, 1)], { ...options, query: '{id: id}' })).toBe(
    '\uFEFFid\r\n1\r\n',
  );
});

it.each([
  ['csv', '1\r\n'],
  ['tsv', '1\n'],
  ['table', '1\n'],
] as const)('%s has no header where none is wanted, also with an expression', (name, expected) => {
  const options = { columns: ['id'], header: false };
  expect(written(name, [people.slice(0, 1)], options)).toBe(expected);
  expect(written(name, [people.slice(0, 1)], { ...options, query: '{id: id}' })).toBe(expected);
  expect(written(name, [], options)).toBe('');
});

it.each([60, 80, 100])(
  'a table of %d columns keeps the ID whole, so that it can be copied',
  (width) => {
    const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    const user = {
      id,
      displayName: 'A name that is longer than a name is',
      userPrincipalName: 'a.name.that.is.long@contoso.onmicrosoft.com',
    };
    const text = written('table', [[user]], { width });
    expect(text).toContain(id);
    for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    const pair = written('table', [[user]], {
      width,
      columns: ['displayName', 'userPrincipalName'],
    });
    expect(pair).toContain(user.userPrincipalName.slice(0, Math.min(width - 19, 43)));
  },
);
