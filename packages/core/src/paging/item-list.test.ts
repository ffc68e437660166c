import {
  array,
  assert,
  constantFrom,
  type Arbitrary,
  integer,
  jsonValue,
  oneof,
  property,
  record,
  string,
  tuple,
  uniqueArray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseJson } from '../graph/parse-json.ts';
import { formats } from '../sinks/formats.ts';
import { bytesOf } from '../sinks/bytes-of.ts';
import { pageBytes } from '../sinks/page-bytes.ts';
import { createItemList, type ItemList } from './item-list.ts';
import { type Page, toPage } from './page.ts';

const seed = Number(process.env['SEED'] ?? 20261126);

/** The items of a body that are passed through, or the reason why there are none. */
function passedThrough(bytes: Uint8Array): ItemList<object> | string {
  const body = parseJson(bytes, true);
  if (typeof body === 'string') return body;
  return (body.objects && createItemList<object>(body.objects)) ?? 'shape';
}

function isUser(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return false;
  const { id } = item as { readonly id?: unknown };
  return typeof id === 'string' && id.length >= 1 && id.length <= 128;
}

/** The items of a body by the parser of the language alone, under the same rules. */
function parsed(bytes: Uint8Array): readonly { readonly id: string }[] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const { value } = JSON.parse(text) as { readonly value?: unknown };
    if (!Array.isArray(value)) return undefined;
    return value.every(isUser) ? (value as readonly { readonly id: string }[]) : undefined;
  } catch {
    return undefined;
  }
}

const space = constantFrom('', '', '', ' ', '\n', '\t', '\r\n  ');
const numbers = constantFrom(
  '0',
  '-0',
  '1e400',
  '-1E-400',
  '9007199254740993',
  '1.50',
  '123456789012345678901234567890',
);
const texts = oneof(
  string({ unit: 'binary' }).map((text) => JSON.stringify(text.toWellFormed())),
  constantFrom(
    String.raw`"\ud83d\ude00"`,
    String.raw`"\/\u0041\b"`,
    '"é€😀"',
    String.raw`"\ud800"`,
    String.raw`"\\"`,
    String.raw`"\""`,
    '"}],{"',
    '"   "',
    String.raw`"\u0000"`,
  ),
);

/** Keys without escapes: V8 13.6 can return another object when it parses one with escaped keys a second time. */
const keys = texts.filter((text) => !text.includes('\\'));

/** Members of an object, with white space between their tokens. */
const members: Arbitrary<string> = uniqueArray(
  tuple(
    space,
    keys,
    space,
    oneof(numbers, texts, constantFrom('null', 'true', 'false', '{}', '[]', '[{"a":[1,{}]}]')),
    space,
  ),
  { maxLength: 5, selector: ([, key]) => JSON.parse(key) as string },
).map((each) => each.map(([a, key, b, value, c]) => `,${a}${key}${b}:${a}${value}${c}`).join(''));

const userText = tuple(space, string({ minLength: 1, maxLength: 40 }), members, space).map(
  ([before, id, rest, after]) => `${before}{"id":${JSON.stringify(id)}${rest}}${after}`,
);
const pageText = tuple(array(userText, { maxLength: 5 }), space).map(
  ([users, between]) => `{"@odata.context":"c",${between}"value":${between}[${users.join(',')}]}`,
);

describe('a page whose users are not parsed', () => {
  it('has the same users, for any spelling of its JSON', () => {
    assert(
      property(pageText, (text) => {
        const bytes = Buffer.from(text);
        const expected = parsed(bytes);
        const list = passedThrough(bytes);
        if (typeof list === 'string') throw new Error(`${list}: ${text}`);
        expect(list.parse()).toEqual(expected);
        expect(Array.from({ length: list.length }, (_, at) => list.id(at))).toEqual(
          expected?.map(({ id }) => id),
        );
        for (const separator of ['\n', ',\n']) {
          const joined = Buffer.from(list.join(separator)).toString();
          const lines = joined.split(/(?<=\}),?\n/u).filter((line) => line !== '');
          expect(joined).not.toMatch(/[\r\t]/u);
          expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(expected);
        }
      }),
      { seed, numRuns: 2000 },
    );
  });

  it('is written with the same bytes as parsed users, when it is spelled as the language spells it', () => {
    const user = tuple(string({ minLength: 1, maxLength: 40 }), jsonValue({ maxDepth: 3 })).map(
      ([id, value]) => ({ id, value }),
    );
    assert(
      property(array(array(user, { maxLength: 4 }), { maxLength: 3 }), (pages) => {
        for (const name of ['json', 'ndjson'] as const) {
          const [through, parsing] = [formats[name].createSink({}), formats[name].createSink({})];
          for (const value of pages) {
            const list = passedThrough(Buffer.from(JSON.stringify({ value })));
            if (typeof list === 'string') throw new Error(list);
            expect(Buffer.concat([...(through.json?.(list) ?? [])]).toString()).toBe(
              Buffer.concat([...bytesOf(parsing.page(list.parse()))]).toString(),
            );
          }
          expect(through.save?.()).toEqual(parsing.save?.());
        }
      }),
      { seed, numRuns: 500 },
    );
  });

  it('is rejected exactly when the parser of the language rejects it', () => {
    const damage = record({
      at: integer({ min: 0, max: 400 }),
      length: integer({ min: 0, max: 3 }),
      instead: oneof(
        string({ maxLength: 2 }).map((text) => Buffer.from(text)),
        constantFrom(...'" \\ { } [ ] , : 0 - . e \0 \u0001 null'.split(' ')).map((text) =>
          Buffer.from(text),
        ),
        constantFrom(Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xed, 0xa0, 0x80])),
      ),
    });
    let rejected = 0;
    assert(
      property(pageText, array(damage, { minLength: 1, maxLength: 2 }), (text, damages) => {
        let bytes = Buffer.from(text);
        for (const { at, length, instead } of damages)
          bytes = Buffer.concat([bytes.subarray(0, at), instead, bytes.subarray(at + length)]);
        const list = passedThrough(bytes);
        const expected = parsed(bytes);
        // The table below covers what is rejected although it is JSON.
        if (list === 'duplicate-keys') return;
        if (expected === undefined) rejected += 1;
        expect(typeof list === 'string' ? undefined : list.parse()).toEqual(expected);
      }),
      { seed, numRuns: 5000 },
    );
    expect(rejected).toBeGreaterThan(1000);
  });

  it.each([
    ['a truncated page', '{"value":[{"id":"a"},{"id":"b"'],
    ['bytes after its end', '{"value":[{"id":"a"}]}x'],
    ['a second page after its end', '{"value":[{"id":"a"}]}{"value":[]}'],
    ['a missing comma', '{"value":[{"id":"a"}{"id":"b"}]}'],
    ['a trailing comma', '{"value":[{"id":"a"},]}'],
    ['a trailing comma in a user', '{"value":[{"id":"a",}]}'],
    ['a missing value', '{"value":[{"id":}]}'],
    ['an unquoted key', '{"value":[{id:"a"}]}'],
    ['a number with a leading zero', '{"value":[{"id":"a","n":01}]}'],
    ['a number without digits', '{"value":[{"id":"a","n":-}]}'],
    ['a number that ends with a dot', '{"value":[{"id":"a","n":1.}]}'],
    ['an exponent without digits', '{"value":[{"id":"a","n":1e+}]}'],
    ['a misspelled word', '{"value":[{"id":"a","n":nul}]}'],
    ['NaN', '{"value":[{"id":"a","n":NaN}]}'],
    ['an unknown escape', String.raw`{"value":[{"id":"a","n":"\x"}]}`],
    ['a short escape', String.raw`{"value":[{"id":"a","n":"\u00"}]}`],
    ['a line break in a text', '{"value":[{"id":"a","n":"\n"}]}'],
    ['NUL in a text', '{"value":[{"id":"a","n":"\0"}]}'],
    ['NUL between tokens', '{"value":[{"id":"a"}\0]}'],
    ['brackets that do not match', '{"value":[{"id":"a","n":[}]}]}'],
    ['a no-break space between tokens', '{"value":[{"id":"a"},\u00A0{"id":"b"}]}'],
    ['a user without an id', '{"value":[{"id":"a"},{}]}'],
    ['an id that is a number', '{"value":[{"id":5}]}'],
    ['an id that is null', '{"value":[{"id":null}]}'],
    ['an empty id', '{"value":[{"id":""}]}'],
    ['an id of 129 characters', `{"value":[{"id":"${'a'.repeat(129)}"}]}`],
    ['an id within another object only', '{"value":[{"manager":{"id":"a"}}]}'],
    ['null instead of a user', '{"value":[null]}'],
    ['a text instead of a user', '{"value":["a"]}'],
    ['an array instead of a user', '{"value":[[]]}'],
    ['a number after a user', '{"value":[{"id":"a"},1]}'],
    ['no value', '{"x":[{"id":"a"}]}'],
    ['value within another object only', '{"x":{"value":[{"id":"a"}]}}'],
    ['an object as value', '{"value":{"id":"a"}}'],
    ['an array around it', '[{"value":[{"id":"a"}]}]'],
    ['two arrays value', '{"value":[{"id":"a"}],"value":[]}'],
    ['two ids', '{"value":[{"id":"a","id":"b"}]}'],
    ['two ids in two spellings', String.raw`{"value":[{"id":"a","\u0069\u0064":"b"}]}`],
    [
      'a user that is nested too deeply',
      `{"value":[{"id":"a","n":${'['.repeat(98)}${']'.repeat(98)}}]}`,
    ],
  ])('faults A3 row 27: is rejected with %s', (_, text) => {
    expect(typeof passedThrough(Buffer.from(text))).toBe('string');
  });

  it.each([
    ['an id in escapes', String.raw`{"value":[{"\u0069d":"\u0061b"}]}`, ['ab']],
    ['an id that is not ASCII', '{"value":[{"id":"ü€😀"}]}', ['ü€😀']],
    ['ids at other positions', '{"value":[{"a":{"id":1},"id":"x","b":[{"id":2}]}]}', ['x']],
    ['keys that begin like id', '{"value":[{"i":1,"idx":2,"i\\n":3,"id":"x"}]}', ['x']],
    ['no users', '{"value":[]}', []],
    ['a link after its users', '{"value":[{"id":"a"}],"@odata.nextLink":"l"}', ['a']],
    ['other arrays of objects', '{"x":[{"y":1}],"value":[{"id":"a"}],"z":[{}]}', ['a']],
  ])('is accepted with %s', (_, text, ids) => {
    const list = passedThrough(Buffer.from(text));
    expect(
      typeof list === 'string'
        ? list
        : Array.from({ length: list.length }, (__, at) => list.id(at)),
    ).toEqual(ids);
  });

  it('faults A3 row 28: keeps the digits of numbers', () => {
    const user = '{"id":"a","big":9007199254740993,"huge":1e400}';
    const list = passedThrough(Buffer.from(`{"value":[ ${user} ]}`));
    expect(typeof list === 'string' ? list : Buffer.from(list.join('')).toString()).toBe(user);
  });

  it('passes on the users that are selected, in order, and no others', () => {
    const list = passedThrough(Buffer.from('{"value":[{"id":"a"}, {"id":"b"},{"id":"c"}]}'));
    if (typeof list === 'string') throw new Error(list);
    const some = list.filter((id) => id !== 'b');
    expect(some.parse()).toEqual([{ id: 'a' }, { id: 'c' }]);
    expect(Buffer.from(some.take(1).join('\n')).toString()).toBe('{"id":"a"}');
    expect(some.take(-1)).toHaveLength(0);
  });
});

it('a copy of a page whose users were changed is not written from the bytes of the service', () => {
  const list = passedThrough(Buffer.from('{"value":[{"id":"a","secret":"s"}]}'));
  if (typeof list === 'string') throw new Error(list);
  const page = toPage<object>({ items: list, retried: false });
  expect(page.json).toBe(list);
  const sink = formats.ndjson.createSink({});
  const written = (each: Page<object>): string =>
    Buffer.concat([...pageBytes(sink, each)]).toString();
  expect(written(page)).toBe('{"id":"a","secret":"s"}\n');
  for (const copy of [
    { ...page, items: [{ id: 'a' }] },
    Object.assign({}, page, { items: [{ id: 'a' }] }),
  ])
    expect(written(copy)).toBe('{"id":"a"}\n');
});
