import { DeltaResetError } from '../errors/delta-reset-error.ts';
import { QueryError } from '../errors/query-error.ts';
import type { Log } from '../events.ts';

/** Where a round ended: what has to be kept to read the next one. */
export interface RoundEnd {
  /** Opaque. Keep it after everything before it was kept. */
  readonly deltaLink: URL;
  /** When the link came. It is good for seven days. */
  readonly readAt: Date;
}

const day = 24 * 60 * 60 * 1000;

/** Graph's docs, "Delta query", "Token duration": seven days for directory objects. Older ones sometimes work. */
const lifetime = 7 * day;

/** A weekend before the end. */
const warnFrom = 5 * day;

/**
 * Judges a delta link by its age, before anything is sent: one that has ended may still be answered, and nobody says
 * with what.
 * @param now milliseconds since 1970
 * @throws {DeltaResetError} when the link is older than seven days
 * @throws {QueryError} when nobody can say how old it is
 */
export function checkRoundEnd({ readAt }: Pick<RoundEnd, 'readAt'>, now: number, log: Log): void {
  const age = now - readAt.getTime();
  if (Number.isNaN(age))
    throw new QueryError([
      {
        part: 'from',
        message: 'its readAt is no date',
        hint: 'Keep readAt with the delta link, or begin with a first round.',
      },
    ]);
  const days = Math.floor(age / day);
  if (age > lifetime) throw new DeltaResetError({ days });
  if (age >= warnFrom) log('delta-link-expires', { days, lifetime: lifetime / day });
}
