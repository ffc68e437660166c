import type { Receipt } from '@rollcall/core';

import type { Console } from '../terminal/console.ts';

const counted = new Intl.NumberFormat('en-US');

function plural(count: number, one: string, many = `${one}s`): string {
  return `${counted.format(count)} ${count === 1 ? one : many}`;
}

function reconciliation({
  complete,
  reconciled,
  countAtEnd,
  countAtStart,
  query,
}: Receipt): string {
  const count = countAtEnd ?? countAtStart;
  if (query.limit !== undefined) return 'count not verified (--limit)';
  if (count === null) return 'count not verified ($count is unavailable)';
  if (!complete) return `$count is ${counted.format(count)}`;
  return reconciled === true
    ? 'verified against $count'
    : `NOT VERIFIED: $count is ${counted.format(count)}`;
}

function duration({ startedAt, finishedAt }: Receipt): string[] {
  if (finishedAt === null) return [];
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return [`${seconds.toFixed(1)} s`];
}

/** Formats the receipt as one line of text. */
export function receiptLine(receipt: Receipt, console: Pick<Console, 'paint'>): string {
  const { complete, users, pages, requests, retries, duplicates, sha256 } = receipt;
  const verdict = complete
    ? console.paint(receipt.reconciled === false ? 'warning' : 'good', 'complete:')
    : console.paint('error', 'INCOMPLETE:');
  return [
    `${verdict} ${plural(users, 'user')} in ${plural(pages, 'page')}; ${reconciliation(receipt)}`,
    `${plural(requests, 'request')}, ${plural(retries, 'retry', 'retries')}`,
    ...(duplicates > 0 ? [`${plural(duplicates, 'duplicate')} dropped`] : []),
    ...duration(receipt),
    ...(sha256 === null ? [] : [`sha256 ${sha256.slice(0, 12)}…`]),
  ].join(' · ');
}
