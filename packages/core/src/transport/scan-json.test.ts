import { expect, it } from 'vitest';

import { scanJson } from './scan-json.ts';

it.each([
  ['{"value":[{"id":"a","id":"b"}],"x":{"value":1}}', undefined],
  ['{"a":"value","b":["value","value"],"value":1}', undefined],
  [String.raw`{"a\"":1,"a":"\\","b":"\"value\":"}`, undefined],
  ['893', undefined],
  ['"open', undefined],
  ['{"value":[1],"value":[]}', 'duplicate-keys'],
  ['{"value":[1], "value" : []}', 'duplicate-keys'],
  ['{"@odata.nextLink":"a","value":[],"@odata.nextLink":"b"}', 'duplicate-keys'],
  ['['.repeat(101), 'too-deep'],
  [`{"a":${'{"a":'.repeat(100)}`, 'too-deep'],
  [`${'['.repeat(100)}${']'.repeat(100)}`, undefined],
  ['"[[[[{{{{"', undefined],
])('finds in %j: %s', (text, fault) => {
  expect(scanJson(Buffer.from(text))).toBe(fault);
});
