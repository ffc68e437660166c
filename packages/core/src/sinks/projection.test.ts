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
  ['mail', [{ value: 'eve@b.example' }]],
  ["displayName == 'Ada'", [users[0]]],
  ['businessPhones', [{ value: ['1', '2'] }, { value: [] }]],
])('puts %s to each user by itself', (expression, expected) => {
  expect(compileProjection(expression)(users)).toEqual(expected);
});

it.each(['{', 'a b', 'nosuch(@)'])('says that %j is no JMESPath', (expression) => {
  expect(() => compileProjection(expression)(users)).toThrow(
    expect.objectContaining({ code: 'E_QUERY' }),
  );
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
