import { describe, expect, test } from 'vitest';
import { createPeople } from './create-people.ts';
import type { User } from './people.ts';
import { userProperties, type UserPropertyName } from './user-values.ts';
import { Utf8Text } from './utf8-text.ts';

function json(user: User, name: UserPropertyName): string {
  const out = new Utf8Text(0);
  user.write(name, out);
  return String(out.finish());
}

const tenantDomain = 'contoso.com';

describe('the seed', () => {
  test('makes the same people again, and others from another seed', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => createPeople({ users: 50, seed, tenantDomain }));
    for (let slot = 0; slot < 50; slot += 1) {
      for (const name of userProperties) {
        expect(a!.at(slot)!.value(name)).toEqual(b!.at(slot)!.value(name));
      }
      expect(a!.idOf(slot)).not.toBe(c!.idOf(slot));
    }
  });

  test('never repeats an id or a login, and finds each by both', () => {
    const people = createPeople({ users: 20_000, seed: 3, tenantDomain });
    const seen = new Set<string>();
    for (let slot = 0; slot < people.slots; slot += 1) {
      const upn = people.at(slot)!.value('userPrincipalName') as string;
      seen.add(people.idOf(slot)).add(upn.toLowerCase());
    }
    for (let slot = 0; slot < people.slots; slot += 97) {
      const upn = people.at(slot)!.value('userPrincipalName') as string;
      expect(people.byId(people.idOf(slot))!.slot).toBe(slot);
      expect(people.byPrincipalName(upn.toUpperCase())!.slot).toBe(slot);
      expect(upn).toMatch(/^[A-Za-z0-9'.\-_!#^~$]+@contoso\.com$/);
    }
    expect(seen.size).toBe(40_000);
  });

  test('JSON by hand says the same as JSON.stringify', () => {
    const people = createPeople({ users: 4000, seed: 5, tenantDomain });
    const differing = Array.from({ length: people.slots }, (_, slot) => people.at(slot)!).flatMap(
      (user) =>
        userProperties
          .slice(0, 12)
          .filter((name) => json(user, name) !== JSON.stringify(user.value(name))),
    );
    expect(differing).toEqual([]);
  });

  test('has the people that break programs', () => {
    const people = createPeople({ users: 20_000, seed: 1, tenantDomain });
    const all = Array.from({ length: people.slots }, (_, slot) => people.at(slot)!);
    const some = (fits: (user: (typeof all)[number]) => boolean) => all.some(fits);
    const named = (shape: RegExp) =>
      some((user) => shape.test(user.value('displayName') as string));
    expect(named(/'/)).toBe(true);
    expect(named(/["\\<&]/)).toBe(true);
    expect(named(/\p{Emoji_Presentation}/u)).toBe(true);
    expect(named(/\p{Script=Latin}\p{M}/u)).toBe(true);
    expect(named(/\p{Script=Arabic}/u)).toBe(true);
    expect(named(/\p{Script=Hebrew}/u)).toBe(true);
    expect(named(/[\u{20000}-\u{2ffff}]/u)).toBe(true);
    expect(some((user) => user.value('createdDateTime') === null)).toBe(true);
    expect(some((user) => user.value('accountEnabled') === false)).toBe(true);
    expect(some((user) => user.value('userType') === 'Guest')).toBe(true);
    expect(some((user) => user.value('mail') === null)).toBe(true);
    expect(some((user) => people.managerOf(user) === undefined)).toBe(true);
    expect(some((user) => people.managerOf(user) !== undefined)).toBe(true);
  });

  test('is not in the order of ids or names', () => {
    const people = createPeople({ users: 100, seed: 1, tenantDomain });
    for (const name of ['id', 'userPrincipalName', 'displayName', 'createdDateTime'] as const) {
      const values = Array.from({ length: 100 }, (_, slot) => json(people.at(slot)!, name));
      expect(values).not.toEqual(values.toSorted());
      expect(values).not.toEqual(values.toSorted().toReversed());
    }
  });
});

describe('changes', () => {
  test('are seen at once and written down', () => {
    const people = createPeople({ users: 3, seed: 1, tenantDomain });
    const slot = people.create({ displayName: 'New Person' });
    people.update(slot, { displayName: 'Old Person', jobTitle: null });
    people.remove(slot);
    expect(people.size).toBe(3);
    people.restore(slot);
    people.remove(slot);
    people.purge(slot);
    expect(people.at(slot)).toBeUndefined();
    expect(people.changes(0, people.revision).map(({ kind }) => kind)).toEqual([
      'created',
      'updated',
      'deleted',
      'restored',
      'deleted',
      'purged',
    ]);
    expect(people.changes(1, 2)[0]!.properties).toEqual(['displayName', 'jobTitle']);
  });

  test('that make no sense are refused', () => {
    const people = createPeople({ users: 2, seed: 1, tenantDomain });
    expect(() => people.restore(0)).toThrow('Slot 0 cannot be restored: it is live, not deleted');
    expect(() => people.remove(9)).toThrow('it is never, not live');
  });
});
