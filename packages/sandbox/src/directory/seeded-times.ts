import type { SeededPerson } from './seeded-person.ts';
import type { UserValue } from './user-values.ts';

/** Seconds of a day. */
export const day = 86_400;

/** The day on which the first users of a tenant were created. All times are in seconds since 1970. */
export const firstDay = Date.UTC(2015, 0, 5) / 1000;
const lastDay = Date.UTC(2026, 0, 5) / 1000;

/** Most users are as old as the seed says; those that are new and those that sign in follow the start of the tenant. */
const recent = 90 * day;

export function instant(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/**
 * Returns the creation time, or null for one user in 200: Graph has no creation time for some users made before June
 * 2018. A fifth came in bulk imports that put hundreds of users on one second; one in 40 was created in the 90 days
 * before the tenant's start.
 */
export function createdAt(person: SeededPerson): number | null {
  const { withoutCreatedDateTime: share, hasOneSecond, startedAt } = person.shape;
  const word = person.traits[0];
  const isUnknown = share === undefined ? word % 200 === 3 : (word >>> 4) % 10_000 < share * 10_000;
  if (isUnknown) return null;
  if (hasOneSecond) return firstDay;
  if (word % 5 === 0) return firstDay + ((word >>> 8) % 64) * 60 * day;
  if (word % 40 === 1) return startedAt - ((word >>> 9) % recent);
  return firstDay + ((word >>> 3) % (lastDay - firstDay));
}

/** Returns a time some seconds after the creation, but not in the future. */
export function afterCreation(person: SeededPerson, seconds: number): string | null {
  const created = createdAt(person);
  return created === null ? null : instant(Math.min(created + seconds, person.shape.startedAt));
}

const noRequest = '00000000-0000-0000-0000-000000000000';
/** What Graph returns for some users who never signed in interactively. */
const yearOne = '0001-01-01T00:00:00Z';

/** Both forms of a sign-in that never happened have been published. */
function neverOf(word: number): string | null {
  return word % 2 === 0 ? null : yearOne;
}

/** Two thirds signed in during the last 30 days, the others in the last 400, but not before they were created. */
function lastSignIn(person: SeededPerson): string {
  const { startedAt } = person.shape;
  const word = person.traits[0] >>> 2;
  const ago = word % 3 === 0 ? word % (400 * day) : word % (30 * day);
  return instant(Math.max(startedAt - ago, createdAt(person) ?? firstDay));
}

/**
 * Returns null for one user in ten, who never signed in. One in 33 of the others signed in through clients only, which
 * leaves the year 1 as the time of the last interactive sign-in.
 */
export function signInActivity(person: SeededPerson): UserValue {
  const word = person.traits[1];
  if (word % 10 === 0) return null;
  const last = lastSignIn(person);
  const isInteractive = word % 33 !== 1;
  const signsInByClient = !isInteractive || word % 3 === 0;
  return {
    lastSignInDateTime: isInteractive ? last : yearOne,
    lastSignInRequestId: noRequest,
    lastNonInteractiveSignInDateTime: signsInByClient ? last : neverOf(word),
    lastNonInteractiveSignInRequestId: signsInByClient ? noRequest : null,
    lastSuccessfulSignInDateTime: last,
    lastSuccessfulSignInRequestId: noRequest,
  };
}
