import { expect, it } from 'vitest';

import { bypassesProxy } from './no-proxy.ts';

it.each([
  ['graph.microsoft.com', 'https://graph.microsoft.com/v1.0', true],
  ['microsoft.com', 'https://graph.microsoft.com/v1.0', true],
  ['.microsoft.com, other', 'https://graph.microsoft.com/v1.0', true],
  ['*.microsoft.com', 'https://graph.microsoft.com/v1.0', true],
  ['soft.com', 'https://graph.microsoft.com/v1.0', false],
  ['graph.microsoft.com:8443', 'https://graph.microsoft.com/v1.0', false],
  ['graph.microsoft.com:443', 'https://graph.microsoft.com/v1.0', true],
  ['127.0.0.1', 'http://127.0.0.1:5000/', true],
  ['*', 'https://graph.microsoft.com/', true],
  ['', 'https://graph.microsoft.com/', false],
  [undefined, 'https://graph.microsoft.com/', false],
])('NO_PROXY %j and %s: %s', (noProxy, url, expected) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
});
