import { array, assert, integer, jsonValue, property, record, string, tuple } from 'fast-check';
import { expect, it } from 'vitest';

import { parseJson } from './parse-json.ts';

/** What the language makes of it. */
function plainly(text: string): ReturnType<typeof parseJson> {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'not-json';
  }
}

it.each([
  '{"value":[{"id":"a","id":"b"}],"x":{"value":1}}',
  '{"a":"value","b":["value","value"],"value":1}',
  String.raw`{"a\"":1,"a":"\\","b":"\"value\":"}`,
  '{"b":[{"id":"1"}],"1":[{"id":"2"},{}],"value":[7,{"":3},[{"a":1}],null,{"__proto__":[{}]}]}',
  '[{"a":1},{"b":[{"c":2}]}]',
  '{"error":{"code":"c","innerError":{"date":"d"}},"value":[{"a":{"b":{}}}]}',
  ' {"value" : [ {"a":"}"} , {"b":"[{"}\n] } ',
  '893',
  '"open',
  '{"value":[1{"a":1}]}',
  '{"value":[{"a":1}{"a":1}]}',
  '{"value":[{"a":1]}',
  '{"value":[{"a":1},]}',
  '{"value":[{"a":1}',
  '{"value":[{"a":}]}',
  '}}{"value":[{}]',
  '',
  `${'['.repeat(100)}${']'.repeat(100)}`,
])('takes for what it is: %j', (text) => {
  expect(parseJson(Buffer.from(text))).toEqual(plainly(text));
});

it.each([
  ['{"value":[1],"value":[]}', 'duplicate-keys'],
  ['{"value":[1], "value" : []}', 'duplicate-keys'],
  [String.raw`{"value":[1],"v\u0061lue":[]}`, 'duplicate-keys'],
  ['{"@odata.nextLink":"a","value":[],"@odata.nextLink":"b"}', 'duplicate-keys'],
  ['['.repeat(101), 'too-deep'],
  [`{"a":${'{"a":'.repeat(100)}`, 'too-deep'],
  ['"[[[[{{{{"x', 'not-json'],
])('finds in %j: %s', (text, fault) => {
  expect(parseJson(Buffer.from(text))).toBe(fault);
});

it('finds invalid UTF-8 at any position, and drops a byte order mark', () => {
  const page = Buffer.from('{"value":[{"id":"é"}]}');
  expect(parseJson(page.subarray(0, page.indexOf(0xa9)))).toBe('encoding');
  expect(parseJson(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), page]))).toEqual({
    value: { value: [{ id: 'é' }] },
  });
});

const page = record({ '@odata.nextLink': string(), value: array(jsonValue({ maxDepth: 3 })) });

it('agrees with JSON.parse on pages, and on pages that something happened to', () => {
  const cut = tuple(
    integer({ min: 0, max: 400 }),
    integer({ min: 0, max: 4 }),
    string({ maxLength: 2 }),
  );
  assert(
    property(page, array(cut, { maxLength: 2 }), (given, cuts) => {
      let text = JSON.stringify(given);
      for (const [at, length, instead] of cuts)
        text = (text.slice(0, at) + instead + text.slice(at + length)).toWellFormed();
      const parsed = parseJson(Buffer.from(text));
      // The tests above cover what it rejects although it is JSON.
      expect(parsed).toEqual(parsed === 'duplicate-keys' ? parsed : plainly(text));
    }),
    { numRuns: 2000 },
  );
});

it('keeps a key such as __proto__ a key', () => {
  const parsed = parseJson(Buffer.from('{"value":[{"__proto__":{"polluted":1},"id":"a"}]}'));
  const { value } = (parsed as { value: { value: object[] } }).value;
  expect(Object.getPrototypeOf(value[0])).toBe(Object.prototype);
  expect(Object.keys(value[0] ?? {})).toEqual(['__proto__', 'id']);
});
