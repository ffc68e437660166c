import type { Draws } from './draws.ts';

/** A fault as the sandbox takes it. */
export interface Fault {
  readonly kind: string;
  readonly [parameter: string]: unknown;
}

/** What a listing survives without waiting for long. */
export const passingFaults: readonly Fault[] = [
  { kind: 'throttled', retryAfter: '1' },
  { kind: 'status', status: 503, retryAfter: 'date:1', body: 'html' },
  { kind: 'error-in-200' },
  { kind: 'reset-before-headers' },
  { kind: 'reset-in-body', form: 'chunked' },
  { kind: 'closed-in-body' },
  { kind: 'content-length-short' },
  { kind: 'content-length-long' },
  { kind: 'truncated-json' },
  { kind: 'empty-body' },
  { kind: 'invalid-utf8' },
  { kind: 'duplicate-keys' },
  { kind: 'gzip-truncated' },
  { kind: 'gzip-without-trailer' },
  { kind: 'gzip-bad-checksum' },
  { kind: 'page-value', value: 'null' },
  { kind: 'empty-page' },
  { kind: 'duplicate-user' },
  { kind: 'self-link' },
  { kind: 'unauthorized' },
  { kind: 'expired-page-token' },
  { kind: 'not-json' },
];

/** So many requests of each hundred, at least. */
const percent = 5;

/** Requests that are made because others failed would dilute the faults. */
const margin = 1.1;

/**
 * Draws which requests for pages go wrong, and how: all kinds equally often, at random places, also next to each other.
 * The same kind twice in a row is left out: an unlucky pair would be what no client survives, such as a new token
 * refused.
 * @returns the faults, each with the numbers of its requests
 */
export function planFaults(pages: number, kinds: readonly Fault[], draws: Draws): Fault[] {
  const rounds = Math.ceil((pages * percent * margin) / 100 / kinds.length);
  const order = Array.from({ length: rounds }, () => draws.shuffled(kinds)).flat();
  for (const [at, fault] of order.entries()) {
    const other = order[at + 1];
    if (other === undefined || order[at - 1] !== fault) continue;
    [order[at], order[at + 1]] = [other, fault];
  }
  // Not the first: it has no page token that could expire. Not the last: it may have no link that could be changed.
  const places = new Set<number>();
  while (places.size < order.length) places.add(3 + draws.under(Math.floor(pages * 0.98) - 3));
  const numbers = [...places].toSorted((one, other) => one - other);
  return kinds.map((fault) => ({
    ...fault,
    on: 'graph',
    path: '/v1.0/users?',
    nth: numbers.filter((_, at) => order[at] === fault),
  }));
}
