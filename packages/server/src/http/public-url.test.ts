import { expect, it } from 'vitest';

import { parsePublicUrl } from './public-url.ts';

it.each([
  ['https://directory.example.com', 'https://directory.example.com'],
  ['https://directory.example.com/', 'https://directory.example.com'],
  ['https://DIRECTORY.example.com:8443/graph/', 'https://directory.example.com:8443/graph'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
])('%s begins links as %s', (text, href) => {
  expect(parsePublicUrl(text)).toMatchObject({ href });
});

it.each([
  ['directory.example.com', 'not an https URL'],
  ['', 'not an https URL'],
  ['ftp://directory.example.com', 'not an https URL'],
  ['http://directory.example.com', 'uses http'],
  ['https://user:canary@directory.example.com', 'user name'],
  ['https://directory.example.com?x=1', 'query'],
  ['https://directory.example.com#', 'fragment'],
])('%s is refused and not repeated', (text, problem) => {
  const parsed = parsePublicUrl(text);
  expect(parsed).toContain(problem);
  expect(parsed).not.toContain('canary');
});
