import type { Receipt } from '@rollcall/core';

import type { Console } from './terminal/console.ts';

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
  if (query.limit !== undefined)
    return `not compared with the tenant’s own count, because of the limit of ${counted.format(query.limit)}`;
  if (count === null) return 'the tenant’s own count could not be asked';
  if (!complete) return `the tenant counted ${counted.format(count)}`;
  return reconciled === true
    ? 'the tenant’s own count agrees'
    : `the tenant’s own count is ${counted.format(count)}`;
}

function duration({ startedAt, finishedAt }: Receipt): string[] {
  if (finishedAt === null) return [];
  const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
  return [`${seconds.toFixed(1)} s`];
}

/** The receipt in one line, for people. */
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
