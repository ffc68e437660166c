import { expect, it } from 'vitest';

import { formats } from './formats.ts';
import { compileProjection } from './projection.ts';

const users = [
  { id: '1', displayName: 'Ada', mail: null, businessPhones: ['1', '2'] },
  { id: '2', displayName: 'Eve', mail: 'eve@b.example', businessPhones: [] },
];

it.each([
  [
    '{name: displayName, first: businessPhones[0]}',
    [
      { name: 'Ada', first: '1' },
      { name: 'Eve', first: null },
    ],
  ],
  ['mail', ['eve@b.example']],
  ["displayName == 'Ada'", [users[0]]],
  ['businessPhones', [['1', '2'], []]],
  ['[].displayName', ['Ada', 'Eve']],
  ['[*].{name: displayName}', [{ name: 'Ada' }, { name: 'Eve' }]],
  ["[?displayName == 'Eve']", [users[1]]],
  ['[?mail].mail', ['eve@b.example']],
  ['[?mail] | [].id', ['2']],
  ['[].businessPhones[]', ['1', '2']],
  ['[].businessPhones[0]', ['1']],
  ['businessPhones[0]', ['1']],
])('puts %s to each user by itself', (expression, expected) => {
  expect(compileProjection(expression).project(users)).toEqual(expected);
});

it.each(['{', 'a b', 'nosuch(@)'])('rejects %j, which is not JMESPath', (expression) => {
  expect(() => compileProjection(expression).project(users)).toThrow(
    expect.objectContaining({ code: 'E_QUERY' }),
  );
});

it.each(['[0]', '[-1].id', '[:5]', '[].id | [0]', '[?mail] | length(@)', '@[0].id'])(
  'refuses %j, which takes the whole list',
  (expression) => {
    expect(() => compileProjection(expression)).toThrow(
      expect.objectContaining({ code: 'E_QUERY', message: expect.stringContaining('whole list') }),
    );
  },
);

it('bare values are bare in JSON, as az prints them, and a column in tables', () => {
  const written = Object.values(formats).map((format) => {
    const sink = format.createSink({ query: '[].displayName' });
    return sink.head() + [...sink.page(users)].join('') + sink.tail();
  });
  expect(written).toEqual([
    '[\n"Ada",\n"Eve"\n]\n',
    '"Ada"\n"Eve"\n',
    'value\r\nAda\r\nEve\r\n',
    'value\nAda\nEve\n',
    'value\n-----\nAda\nEve\n',
    '- "Ada"\n- "Eve"\n',
  ]);
});

it('works in every format, a page at a time', () => {
  const written = Object.values(formats).map((format) => {
    const sink = format.createSink({ query: '{name: displayName}', columns: ['name'] });
    return sink.head() + [...sink.page(users)].join('') + sink.tail();
  });
  expect(written).toEqual([
    '[\n{"name":"Ada"},\n{"name":"Eve"}\n]\n',
    '{"name":"Ada"}\n{"name":"Eve"}\n',
    'name\r\nAda\r\nEve\r\n',
    'name\nAda\nEve\n',
    'name\n----\nAda\nEve\n',
    '- name: "Ada"\n- name: "Eve"\n',
  ]);
});

it('takes the columns from the first user as reshaped, also when it goes on in another process', () => {
  const query = '{name: displayName, upn: mail}';
  const whole = formats.csv.createSink({ query });
  const [ada, eve] = users;
  const unbroken =
    whole.head() +
    [...whole.page([ada ?? {}])].join('') +
    [...whole.page([eve ?? {}])].join('') +
    whole.tail();
  expect(unbroken).toBe('name,upn\r\nAda,\r\nEve,eve@b.example\r\n');
  const first = formats.csv.createSink({ query });
  const begun = first.head() + [...first.page([ada ?? {}])].join('');
  const saved: unknown = JSON.parse(JSON.stringify(first.save?.()));
  const second = formats.csv.createSink({ query, saved });
  expect(begun + [...second.page([eve ?? {}])].join('') + second.tail()).toBe(unbroken);
});

it.each([
  '{name: displayName, upn: mail}',
  '[].{name: displayName, upn: mail}',
  '[?id].{name: id, upn: id}',
])('the header of %s is written without users too', (query) => {
  const sink = formats.csv.createSink({ query });
  expect(sink.head() + [...sink.page([])].join('') + sink.tail()).toBe('name,upn\r\n');
});

it.each([
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'constructor.name',
  '[].valueOf',
])('the expression %s is a property that no user has', (expression) => {
  const { project } = compileProjection(expression);
  expect(project([{ displayName: 'Ada' }]).filter((value) => value !== null)).toEqual([]);
});

it.each([
  ['pipes that double', Array.from({ length: 30 }, () => '[@, @]').join(' | ')],
  ['objects that double', Array.from({ length: 30 }, () => '{a: @, b: @}').join(' | ')],
  [
    'nested lists',
    `${'['.repeat(40)}@, @${', @]'.repeat(40)} | [@, @] | [@, @, @] | ${Array.from({ length: 14 }, () => '[@, @]').join(' | ')}`,
  ],
  ['a text of 5,000 characters', `displayName == '${'a'.repeat(5_000)}'`],
])('an expression with %s is refused at once', (_, expression) => {
  const start = performance.now();
  expect(() => compileProjection(expression)).toThrow('too complex');
  expect(performance.now() - start).toBeLessThan(2_000);
});

it('an expression as administrators write it is not too complex', () => {
  const expression =
    '[?accountEnabled].{name: displayName, mail: mail || userPrincipalName, phones: businessPhones[*], all: [id, mail]}';
  expect(() => compileProjection(expression)).not.toThrow();
});

it.each([
  ["[?createdDateTime < '2026-08-27'].id", ['1']],
  ["[?createdDateTime <= '2026-08-27'].id", ['1', '2']],
  ["[?createdDateTime > '2026-08-26'].id", ['2']],
  ["[?createdDateTime >= '2026-08-27'].id", ['2']],
  ["[?'2026-08-27' > createdDateTime].id", ['1']],
  ['[?employeeId < `7`].id', ['1']],
  ["[].{old: createdDateTime < '2026-08-27'}", [{ old: true }, { old: false }, { old: false }]],
])('%s compares texts as well as numbers', (expression, expected) => {
  const dated = [
    { id: '1', createdDateTime: '2026-08-25', employeeId: 5 },
    { id: '2', createdDateTime: '2026-08-27', employeeId: 8 },
    { id: '3', createdDateTime: null, employeeId: null },
  ] as unknown as Parameters<ReturnType<typeof compileProjection>['project']>[0];
  expect(compileProjection(expression).project(dated)).toEqual(expected);
});

it.each([
  'length(@)',
  'length([])',
  'sort_by(@, &mail)',
  '{n: length(@)}',
  'length(@) > `3`',
  "join(',', [].id)",
])('refuses %s, a function of the whole list', (expression) => {
  expect(() => compileProjection(expression)).toThrow('whole list');
});

it.each(['length(displayName)', 'keys(@)', 'mail && length(mail)', 'businessPhones | length(@)'])(
  'accepts %s, a function of one user',
  (expression) => {
    expect(() => compileProjection(expression)).not.toThrow();
  },
);

it.each([
  ['mail', ['id'], 'has no id; it has value'],
  ['{name: displayName}', ['id'], 'has no id; it has name'],
  ['[].{name: displayName}', ['name', 'mail'], 'has no mail'],
  ['[?mail]', ['department'], 'has no department'],
])('the columns of %s that its result does not have are refused: %j', (query, columns, message) => {
  expect(() => {
    const sink = formats.csv.createSink({ query, columns });
    return sink.head() + [...sink.page(users)].join('');
  }).toThrow(message);
});
