import { expect, it } from 'vitest';

import type { Entry } from './entry.ts';
import { createJournal } from './journal.ts';
import { redactTarget } from './redact.ts';

const entry: Omit<Entry, 'number'> = {
  at: '2026-11-22T12:00:00.000Z',
  class: 'graph',
  method: 'GET',
  path: '/v1.0/users',
  status: 200,
  requestId: 'r',
  milliseconds: 1,
  bytes: 2,
  aborted: false,
};

it('keeps the last entries and counts all', () => {
  const journal = createJournal(3);
  for (let count = 0; count < 10; count += 1) journal.add(entry);
  expect(journal.entries().map(({ number }) => number)).toEqual([8, 9, 10]);
  expect(journal.counts()).toMatchObject({ requests: 10, byClass: { graph: 10, token: 0 } });
});

it('learns afterwards how a request ended', () => {
  const journal = createJournal();
  const end = journal.add(entry);
  end({ aborted: true, milliseconds: 40 });
  expect(journal.entries()).toMatchObject([{ aborted: true, milliseconds: 40 }]);
});

it('removes entries on request, and continues to count numbers', () => {
  const journal = createJournal();
  journal.add(entry);
  journal.connected();
  journal.clear();
  expect(journal.counts()).toMatchObject({ requests: 0, connections: 0, byStatus: {} });
  journal.add(entry);
  expect(journal.entries()).toMatchObject([{ number: 2 }]);
});

it.each([
  ['/v1.0/users?$top=2&$skiptoken=abc', '/v1.0/users?$top=2&$skiptoken=abc'],
  ['/v1.0/users/../groups', '/v1.0/users/../groups'],
  ['/t?client_secret=canary&a=1', '/t?client_secret=[redacted]&a=1'],
  ['/t?Client%5FSecret=canary', '/t?Client%5FSecret=[redacted]'],
  ['/t?%ff=1&access_token=canary', '/t?%ff=1&access_token=[redacted]'],
])('writes %s as %s', (target, written) => {
  expect(redactTarget(target)).toBe(written);
});
