import { expect, test } from 'vitest';

import { createPeople } from './create-people.ts';
import type { User } from './people.ts';

const started = Date.UTC(2026, 10, 25, 22, 40, 17);
const day = 86_400_000;

function usersStartedAt(now: number, seed = 7): readonly User[] {
  const people = createPeople({ users: 4_000, seed, tenantDomain: 'contoso.com', now: () => now });
  return Array.from({ length: 4_000 }, (_, slot) => people.at(slot)!);
}

const users = usersStartedAt(started);
const timesOf = (name: 'createdDateTime' | 'lastPasswordChangeDateTime'): readonly number[] =>
  users.flatMap((user) => {
    const value = user.value(name);
    return typeof value === 'string' ? [Date.parse(value)] : [];
  });

test.each([1, 7, 30, 90])('some users were created in the last %i days', (days) => {
  const recent = timesOf('createdDateTime').filter((time) => time > started - days * day);
  expect(recent.length).toBeGreaterThan(0);
  expect(recent.length).toBeLessThan(200);
});

test.each(['createdDateTime', 'lastPasswordChangeDateTime'] as const)(
  '%s is never in the future',
  (name) => {
    expect(Math.max(...timesOf(name))).toBeLessThanOrEqual(started);
  },
);

interface Activity {
  readonly lastSignInDateTime: string;
  readonly lastNonInteractiveSignInDateTime: string | null;
  readonly lastSuccessfulSignInDateTime: string;
}

test('sign-in activity is absent, recent, old, and in the year 1 for users who sign in through clients only', () => {
  const activities = users.map(
    (user) => user.value('signInActivity') as unknown as Activity | null,
  );
  const known = activities.filter((activity) => activity !== null);
  expect(activities.length - known.length).toBeGreaterThan(300);
  const yearOne = known.filter(({ lastSignInDateTime }) => lastSignInDateTime.startsWith('0001-'));
  expect(yearOne.length).toBeGreaterThan(50);
  expect(yearOne.every((activity) => activity.lastNonInteractiveSignInDateTime !== null)).toBe(
    true,
  );
  const ages = known.map(
    ({ lastSuccessfulSignInDateTime: last }) => (started - Date.parse(last)) / day,
  );
  expect(Math.min(...ages)).toBeGreaterThanOrEqual(0);
  expect(ages.filter((age) => age < 30).length / ages.length).toBeGreaterThan(0.5);
  expect(ages.filter((age) => age > 90).length / ages.length).toBeGreaterThan(0.15);
});

test('no user signed in before the creation', () => {
  const early = users.filter((user) => {
    const activity = user.value('signInActivity') as unknown as Activity | null;
    const created = user.value('createdDateTime');
    return (
      activity !== null &&
      typeof created === 'string' &&
      activity.lastSuccessfulSignInDateTime < created
    );
  });
  expect(early).toEqual([]);
});

test('the same seed creates the same users an hour later, but for the times that follow the start', () => {
  const later = usersStartedAt(started + 3_600_000);
  const changed = users.filter(
    (user, slot) => user.value('createdDateTime') !== later[slot]!.value('createdDateTime'),
  );
  expect(changed.length / users.length).toBeLessThan(0.04);
  for (const name of ['id', 'userPrincipalName', 'displayName', 'department'] as const)
    expect(later.map((user) => user.value(name))).toEqual(users.map((user) => user.value(name)));
});
