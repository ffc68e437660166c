import { assert, property, string } from 'fast-check';
import { expect, it } from 'vitest';

import { odataLiteral, odataOptions } from './odata.ts';
import { getRequest } from './query-url.ts';
import { userSegment } from './user-id.ts';

const root = new URL('https://graph.example/v1.0');

it.each([
  '../groups',
  '%2e%2e%2f',
  'a/b',
  'me',
  '$count',
  'delta',
  '.',
  '..',
  '',
  `${'x'.repeat(10_000)}@contoso.example`,
  'ada@contoso.example/manager',
  'ada@contoso.example?$select=x',
  'ada@contoso.example#x',
  'ada\r\n@contoso.example',
  'ada@con@toso.example',
  'ada%40contoso.example',
  'ada@contoso.example\\..',
])('faults A9 row 93: refuses %j as an id', (id) => {
  expect(() => userSegment(id)).toThrow(expect.objectContaining({ code: 'E_QUERY' }));
});

it.each([
  ['0F0F0F0F-1111-2222-3333-444444444444', '/0F0F0F0F-1111-2222-3333-444444444444'],
  ['ada@contoso.example', '/ada%40contoso.example'],
  ['x_y.com#EXT#@contoso.example', '/x_y.com%23EXT%23%40contoso.example'],
  ["o'neil@contoso.example", "/o'neil%40contoso.example"],
  ['$ada@contoso.example', "('%24ada%40contoso.example')"],
  ["$o'neil@contoso.example", "('%24o''neil%40contoso.example')"],
])('faults A9 row 93: the path for %j is %s', (id, segment) => {
  expect(userSegment(id)).toBe(segment);
  const { url } = getRequest(root, id, {});
  expect(url.pathname).toBe(`/v1.0/users${segment}`);
  expect(decodeURIComponent(url.pathname)).toContain(
    id.replaceAll("'", id.startsWith('$') ? "''" : "'"),
  );
});

it('faults A9 row 92: for any text, a server parses the same literal and no additional options', () => {
  assert(
    property(string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const url = new URL(`?${odataOptions({ $filter: `a eq ${odataLiteral(text)}` })}`, root);
      expect([...url.searchParams.keys()]).toEqual(['$filter']);
      const filter = url.search.slice('?$filter='.length);
      const literal = /^a eq '(.*)'$/s.exec(decodeURIComponent(filter))?.[1] ?? '';
      expect(literal.replaceAll("''", '')).not.toContain("'");
      expect(literal.replaceAll("''", "'")).toBe(text);
      expect(url.hash).toBe('');
    }),
  );
});

it.each(["' or 1 eq 1 or '", "O''Brien", '&$top=1', '#', '+', '%27'])(
  'faults A9 row 92: %j stays one literal',
  (text) => {
    const search = odataOptions({ $filter: `a eq ${odataLiteral(text)}`, $top: '5' });
    const pairs = search.split('&').map((pair) => pair.split('=', 2));
    expect(pairs.map(([name]) => name)).toEqual(['$filter', '$top']);
    expect(decodeURIComponent(pairs[0]?.[1] ?? '')).toBe(`a eq '${text.replaceAll("'", "''")}'`);
  },
);

it('says which of many ids is none', () => {
  expect(() => userSegment('../groups')).toThrow(/"\.\.\/groups" is neither/);
  const long = 'a'.repeat(10_000);
  expect(() => userSegment(long)).toThrow(/"a{80}…" is neither/);
});
