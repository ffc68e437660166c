import type { Receipt } from '@rollcall/core';
import { expect, it } from 'vitest';

import { receiptLine } from './receipt-line.ts';

const receipt: Receipt = {
  complete: true,
  reconciled: true,
  tenant: 't',
  cloud: 'global',
  collection: 'users',
  query: {},
  fingerprint: 'f',
  users: 2500,
  pages: 3,
  chains: 1,
  strategy: 'sequential',
  selected: null,
  duplicates: 0,
  countAtStart: 2500,
  countAtEnd: 2500,
  requests: 5,
  retries: 1,
  throttledMs: 0,
  resourceUnits: 6,
  tokens: 1,
  startedAt: '2026-11-22T12:00:00.000Z',
  finishedAt: '2026-11-22T12:00:01.250Z',
  sha256: '0123456789abcdef',
  requestIds: ['a', 'b'],
};
const plain = { paint: (_: string, text: string) => text };

it.each([
  [
    {},
    'complete: 2,500 users in 3 pages; verified against $count · 5 requests, 1 retry · 1.3 s · sha256 0123456789ab…',
  ],
  [{ complete: false, finishedAt: null, sha256: null }, 'INCOMPLETE: 2,500 users in 3 pages; '],
  [
    { reconciled: false, users: 2990, countAtEnd: 3000 },
    'NOT VERIFIED: read 2,990 users, Graph counts 3,000 · ',
  ],
  [
    { reconciled: false, users: 1, countAtStart: 0, countAtEnd: null },
    'NOT VERIFIED: read 1 user, Graph counts 0 · ',
  ],
  [
    { complete: false, reconciled: null, users: 850, countAtEnd: null },
    '850 users in 3 pages; $count is 2,500 · ',
  ],
  [
    { reconciled: null, countAtStart: null, countAtEnd: null },
    'count not verified ($count is unavailable)',
  ],
  [
    { reconciled: null, countAtStart: null, countAtEnd: null, query: { limit: 2500 } },
    'complete: 2,500 users in 3 pages; count not verified (--limit) · ',
  ],
  [{ users: 1, pages: 1, duplicates: 2 }, 'complete: 1 user in 1 page; '],
  [{ duplicates: 2 }, '2 duplicates dropped'],
])('%j', (changes, expected) => {
  expect(receiptLine({ ...receipt, ...changes }, plain)).toContain(expected);
});

it.each([
  { users: 2990, countAtEnd: 3000 },
  { users: 3000, countAtEnd: 2990 },
  { users: 0, countAtEnd: 3000 },
  { users: 2990, countAtEnd: null },
])('a list that differs from $count does not begin as complete: %j', (changes) => {
  expect(receiptLine({ ...receipt, ...changes, reconciled: false }, plain)).toMatch(
    /^NOT VERIFIED: read [\d,]+ users, Graph counts [\d,]+ · /u,
  );
});

it('says how many of the users that were read are selected', () => {
  const line = receiptLine({ ...receipt, selected: 1200 }, { paint: (_, text) => text });
  expect(line).toContain('complete: 2,500 users in 3 pages; verified against $count');
  expect(line).toContain('1,200 of them selected');
});
