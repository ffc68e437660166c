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
  return reconciled === true ? 'verified against $count' : `Graph counts ${counted.format(count)}`;
}

/** The beginning of the line. A list that differs from `$count` is not called complete: it may lack users. */
function verdict({ complete, reconciled }: Receipt, console: Pick<Console, 'paint'>): string {
  if (!complete) return console.paint('error', 'INCOMPLETE:');
  return reconciled === false
    ? `${console.paint('warning', 'NOT VERIFIED:')} read`
    : console.paint('good', 'complete:');
}

function duration({ startedAt, finishedAt }: Receipt): string[] {
  if (finishedAt === null) return [];
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return [`${seconds.toFixed(1)} s`];
}

/** Formats the receipt as one line of text. */
export function receiptLine(receipt: Receipt, console: Pick<Console, 'paint'>): string {
  const { users, selected, pages, requests, retries, duplicates, sha256 } = receipt;
  const differs = receipt.complete && receipt.reconciled === false;
  const read = `${plural(users, 'user')}${differs ? ',' : ` in ${plural(pages, 'page')};`}`;
  return [
    `${verdict(receipt, console)} ${read} ${reconciliation(receipt)}`,
    `${plural(requests, 'request')}, ${plural(retries, 'retry', 'retries')}`,
    ...(selected === null ? [] : [`${counted.format(selected)} of them selected`]),
    ...(duplicates > 0 ? [`${plural(duplicates, 'duplicate')} dropped`] : []),
    ...duration(receipt),
    ...(sha256 === null ? [] : [`sha256 ${sha256.slice(0, 12)}…`]),
  ].join(' · ');
}
