import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { createFakeClock } from '../testing/fake-clock.ts';
import { createReceiptBuilder } from './receipt-builder.ts';

const page = readFileSync(
  new URL('../../../../docs/reference/receipt.md', import.meta.url),
  'utf8',
);

const fields = Object.keys(
  createReceiptBuilder({
    listed: { tenant: 'contoso.onmicrosoft.com', cloud: 'global' },
    query: {},
    clock: createFakeClock(),
  }).receipt(),
);

it('docs/reference/receipt.md has a row for each field of a receipt, and no other', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const documented = rows.flatMap((row) => {
    const [, names = ''] = row.split('|');
    return [...names.matchAll(/`(?<name>\w+)`/gu)].map(({ groups }) => groups?.['name'] ?? '');
  });
  expect(documented.toSorted()).toEqual(fields.toSorted());
});

it('docs/reference/receipt.md shows a receipt with all fields', () => {
  const [, example = ''] = /```json receipt\.json\n(?<json>[^]*?)```/u.exec(page) ?? [];
  expect(Object.keys(JSON.parse(example) as object)).toEqual(fields);
});
