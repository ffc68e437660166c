import { expect, it } from 'vitest';

import { redactedText } from './redacted-text.ts';

it.each([
  ['a client secret', 'invalid: 3xA8Q~abcDEF.ghiJKL-mno_pqrSTU.vwxYZ01'],
  ['a token', 'got eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiIxIn0.c2lnbmF0dXJlMTIz'],
  ['a form', 'POST failed: client_id=app&client_secret=hunter2&grant_type=client_credentials'],
  ['JSON', '{"password": "hunter2", "user": "ada"}'],
  ['a header', 'Authorization: Bearer hunter2hunter2'],
  ['a URL', 'GET https://host/token?token=hunter2'],
  ['a key', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'],
])('%s in a text is redacted', (_, text) => {
  const redacted = redactedText(text);
  expect(redacted).toContain('[redacted]');
  expect(redacted).not.toMatch(/hunter2|3xA8Q|eyJ|c2lnb|MIIE/u);
});

it.each([
  'EnvironmentCredential is unavailable. No underlying credential could be used.',
  'AADSTS700016: Application was not found. Trace ID: 0f8fad5b-d9cb-469f-a165-70867728950e',
  'getaddrinfo ENOTFOUND login.microsoftonline.com',
])('a text without secrets is unchanged: %s', (text) => {
  expect(redactedText(text)).toBe(text);
});

it('a long text is cut, control characters are escaped, and the time is bounded', () => {
  expect(redactedText('a '.repeat(100_000)).length).toBeLessThanOrEqual(300);
  expect(redactedText('a\u001B[31mb')).not.toContain('\u001B');
  const start = performance.now();
  redactedText('secret='.repeat(100_000));
  expect(performance.now() - start).toBeLessThan(2_000);
});
