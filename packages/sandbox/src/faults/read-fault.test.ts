import { expect, it } from 'vitest';

import { readFault, readFaultFlag } from './read-fault.ts';
import { retryAfterHeader } from './kinds/retry-after.ts';

it.each([
  ['throttled', { kind: 'throttled' }],
  ['throttled:nth=2,retryAfter=3', { kind: 'throttled', nth: 2, retryAfter: '3' }],
  ['throttled:retryAfter=', { kind: 'throttled', retryAfter: '' }],
  [
    'status:status=502,body=html,nth=[1,2]',
    { kind: 'status', status: 502, body: 'html', nth: [1, 2] },
  ],
  ['link:link={origin}:8443/x', { kind: 'link', link: '{origin}:8443/x' }],
  ['link:link=null', { kind: 'link', link: null }],
  ['token-fields:fields={"expires_in":0}', { kind: 'token-fields', fields: { expires_in: 0 } }],
  ['{"kind":"throttled","retryAfter":["1","5"]}', { kind: 'throttled', retryAfter: ['1', '5'] }],
])('reads %s', (flag, fault) => {
  expect(readFaultFlag(flag)).toEqual(fault);
});

it.each([
  ['an unknown kind', { kind: 'throtled' }, /no fault of kind "throtled"; there are throttled, /u],
  ['an unknown parameter', { kind: 'throttled', retry: 3 }, /does not take "retry"/u],
  ['an unknown place', { kind: 'status', on: 'login' }, /on is one of/u],
  ['a count that is text', { kind: 'throttled', nth: 'two' }, /^nth is a whole number from 1, or/u],
  [
    'a share above 1',
    { kind: 'throttled', probability: 5 },
    /^probability is a number from 0 to 1/u,
  ],
  ['an unknown body', { kind: 'status', body: 'xml' }, /^body is one of json, html/u],
  ['no status', { kind: 'status', status: 42 }, /^status is an HTTP status/u],
  ['an unknown form', { kind: 'claims-challenge', form: 'odd' }, /^form is one of plain, malfor/u],
  ['an unknown form of a body', { kind: 'reset-in-body', form: 1 }, /^form is one of chunked, /u],
  ['an unknown reason', { kind: 'token-refused', reason: 'x' }, /^reason is one of .*wrongSecret/u],
  ['an unknown value', { kind: 'page-value', value: 'x' }, /^value is one of missing, null/u],
  ['a share of text', { kind: 'some-tokens-rejected', share: 'all' }, /^share is a number from 0/u],
  ['no object', 'throttled', /is an object/u],
  ['a name of every object', { kind: 'toString' }, /no fault of kind/u],
])('refuses %s', (_, given, message) => {
  expect(() => readFault(given)).toThrow(message);
});

it.each([
  ['3', '3'],
  [-5, '-5'],
  ['date:3', 'Sun, 22 Nov 2026 12:00:03 GMT'],
  ['rfc850:3', 'Sunday, 22-Nov-26 12:00:03 GMT'],
  ['asctime:3', 'Sun Nov 22 12:00:03 2026'],
  [
    ['1', '5'],
    ['1', '5'],
  ],
])('sends Retry-After %s as %s', (given, sent) => {
  expect(retryAfterHeader(given, new Date('2026-11-22T12:00:00Z'))).toEqual(sent);
});

it('pads the day of an asctime date with a blank', () => {
  expect(retryAfterHeader('asctime:0', new Date('2026-11-02T12:00:00Z'))).toBe(
    'Mon Nov  2 12:00:00 2026',
  );
});
