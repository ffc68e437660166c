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
  ['127.0.0.1:5000', 'http://127.0.0.1:5000/', true],
  ['127.0.0.1:5001', 'http://127.0.0.1:5000/', false],
  ['7.0.0.1', 'http://127.0.0.1:5000/', false],
  ['10.0.0.0/8', 'https://10.20.30.40/', true],
  ['10.0.0.0/8', 'https://11.20.30.40/', false],
  ['192.168.8.0/22', 'https://192.168.11.255:8443/', true],
  ['192.168.8.0/22', 'https://192.168.12.0:8443/', false],
  ['127.0.0.1/32', 'https://127.0.0.1/', true],
  ['10.0.0.0/8', 'https://10.example/', false],
  ['10.0.0.0/33', 'https://10.0.0.1/', false],
  ['10.0.0.0/', 'https://10.0.0.1/', false],
  ['graph.microsoft.com/8', 'https://graph.microsoft.com/', false],
  ['::1', 'https://[::1]:8443/', true],
  ['0:0:0:0:0:0:0:1', 'https://[::1]:8443/', true],
  ['::1', 'https://[::2]/', false],
  ['[::1]:8443', 'https://[::1]:8443/', true],
  ['[::1]:443', 'https://[::1]:8443/', false],
  ['[::1]', 'https://[::1]:8443/', true],
  ['fd00::/8', 'https://[fd12:3456::1]/', true],
  ['fd00::/8', 'https://[fe80::1]/', false],
  ['*', 'https://graph.microsoft.com/', true],
  ['', 'https://graph.microsoft.com/', false],
  [undefined, 'https://graph.microsoft.com/', false],
])('NO_PROXY %j and %s: %s', (noProxy, url, expected) => {
  expect(bypassesProxy(new URL(url), noProxy)).toBe(expected);
});
