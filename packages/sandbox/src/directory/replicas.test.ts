import { expect, test } from 'vitest';

import { createPeople } from './create-people.ts';
import type { People } from './people.ts';
import { createReplicas, type Replicas } from './replicas.ts';

interface Tenant {
  now: number;
  readonly people: People;
  readonly replicas: Replicas;
}

function tenantWith(lagSeconds?: unknown): Tenant {
  const clock = { now: Date.UTC(2026, 5, 1) };
  const options = {
    users: 20,
    deletedUsers: 3,
    seed: 7,
    tenantDomain: 'contoso.com',
    now: () => clock.now,
  };
  const people = createPeople(options);
  return Object.assign(clock, { people, replicas: createReplicas(people, options, lagSeconds) });
}

/** What a copy knows: its live users with their job titles, and its deleted ones. */
function stateOf(people: People): unknown {
  const slots = Array.from({ length: people.slots }, (_, slot) => slot);
  return {
    live: slots.map((slot) => [people.at(slot)?.value('id'), people.at(slot)?.value('jobTitle')]),
    deleted: people.deleted().map((user) => [user.slot, user.value('deletedDateTime')]),
  };
}

const changes: readonly (readonly [name: string, change: (people: People) => unknown])[] = [
  ['a creation', (people) => people.create({ jobTitle: 'New' })],
  ['an update', (people) => people.update(3, { jobTitle: 'Changed' })],
  ['a deletion', (people) => people.remove(4)],
  ['a purge', (people) => people.purge(20)],
  ['a restore', (people) => people.restore(21)],
];

test.each(changes)('%s reaches a replica when its lag is over, and not before', (_, change) => {
  const tenant = tenantWith([5]);
  const before = stateOf(tenant.people);
  tenant.now += 60_000;
  change(tenant.people);
  const after = stateOf(tenant.people);
  expect(after).not.toEqual(before);
  tenant.now += 4_999;
  expect(stateOf(tenant.replicas.next())).toEqual(before);
  tenant.now += 1;
  expect(stateOf(tenant.replicas.next())).toEqual(after);
});

test('requests reach copies that lag by different times', () => {
  const tenant = tenantWith([1, 9]);
  tenant.now += 60_000;
  tenant.people.update(0, { jobTitle: 'Changed' });
  tenant.now += 5_000;
  const titles = Array.from({ length: 40 }, () => tenant.replicas.next().at(0)?.value('jobTitle'));
  const changed = titles.filter((title) => title === 'Changed').length;
  expect(changed).toBeGreaterThan(5);
  expect(changed).toBeLessThan(35);
});

test('without lags the directory itself answers, and lags can be set and removed', () => {
  const tenant = tenantWith();
  expect(tenant.replicas.next()).toBe(tenant.people);
  tenant.people.remove(0);
  tenant.replicas.setLags([3]);
  expect(tenant.replicas.next().at(0)).toBeDefined();
  tenant.now += 3_000;
  expect(tenant.replicas.next().at(0)).toBeUndefined();
  tenant.replicas.setLags([]);
  expect(tenant.replicas.next()).toBe(tenant.people);
});

test.each([['2'], [{}], [[-1]], [[Infinity]], [['1']], [Array.from({ length: 9 }, () => 1)]])(
  '%j is rejected',
  (given) => {
    expect(() => tenantWith(given)).toThrow('lagSeconds is a list of at most 8 numbers, 0 or more');
  },
);
