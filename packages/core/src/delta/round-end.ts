import { DeltaResetError } from '../errors/delta-reset-error.ts';
import { QueryError } from '../errors/query-error.ts';
import type { Log } from '../events.ts';

/** Where a delta round ended: what a program stores to read the next one. Plain JSON. */
export interface RoundEnd {
  /** Opaque. Store it after everything before it was stored. It can contain personal data. */
  readonly deltaLink: string;
  /** When the link was received, in ISO 8601. It is valid for seven days. */
  readonly readAt: string;
}

const day = 24 * 60 * 60 * 1000;

/** Graph's docs, "Delta query", "Token duration": seven days for directory objects. Older links sometimes work. */
const lifetime = 7 * day;

/** Warnings begin two days before the link expires, so that a weekend is bridged. */
const warnFrom = 5 * day;

function invalid(message: string): QueryError {
  const hint =
    'Pass the `end` of the last page of a round as it was received, or start a first round.';
  return new QueryError([{ part: 'from', message, hint }]);
}

/**
 * Checks the form of a round's end that a program has stored.
 * @throws {QueryError} when it is not the end of a round
 */
export function parseRoundEnd(value: unknown): RoundEnd {
  const { deltaLink, readAt } = (value ?? {}) as { deltaLink?: unknown; readAt?: unknown };
  if (typeof deltaLink !== 'string') throw invalid('deltaLink must be text');
  if (typeof readAt !== 'string' || Number.isNaN(Date.parse(readAt)))
    throw invalid('readAt must be a date in ISO 8601');
  return { deltaLink, readAt };
}

/**
 * Checks the age of a delta link before anything is sent: the service does not document what it returns for an expired
 * one.
 * @param now milliseconds since 1970
 * @throws {DeltaResetError} when the link is older than seven days
 */
export function checkRoundAge({ readAt }: RoundEnd, now: number, log: Log): void {
  const age = now - Date.parse(readAt);
  const days = Math.floor(age / day);
  if (age > lifetime) throw new DeltaResetError({ days });
  if (age >= warnFrom) log('delta-link-expires', { days, lifetime: lifetime / day });
}
