import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createChangeEngine } from './change-engine.ts';
import { createPeople } from './create-people.ts';
import { tellTruth } from './truth.ts';

function tenant(users: number) {
  let now = Date.UTC(2026, 5, 1);
  const people = createPeople({ users, seed: 1, tenantDomain: 'contoso.com', now: () => now });
  let pulse: (() => void) | undefined;
  const engine = createChangeEngine({
    people,
    seed: 4,
    clock: { now: () => now },
    every: (_, call) => {
      pulse = call;
      return () => {
        pulse = undefined;
      };
    },
  });
  return {
    people,
    engine,
    pass(milliseconds: number) {
      now += milliseconds;
      pulse?.();
    },
  };
}

test('the same seed makes the same changes', () => {
  const [a, b] = [tenant(300), tenant(300)];
  expect(a.engine.run(500)).toBe(b.engine.run(500));
  expect(tellTruth(a.people)).toEqual(tellTruth(b.people));
  expect(a.people.changes(0, 500)).toEqual(b.people.changes(0, 500));
  expect(Object.values(a.engine.ledger).every((times) => times > 0)).toBe(true);
});

test('a rate makes that many changes a second, with any pulse, until it stops', () => {
  const running = tenant(300);
  const { people, engine } = running;
  engine.setRate(40);
  running.pass(10);
  expect(people.revision).toBe(0);
  running.pass(990);
  expect(people.revision).toBeGreaterThan(30);
  expect(people.revision).toBeLessThanOrEqual(40);
  const before = people.revision;
  engine.stop();
  running.pass(5000);
  expect(people.revision).toBe(before);
});

test('one kind can be requested, and there is no change without users', () => {
  const { people, engine } = tenant(2);
  expect(engine.run(1, 'restore')).toBe(0);
  expect(engine.run(5, 'remove')).toBe(2);
  expect(people.size).toBe(0);
  expect(engine.run(3, 'restore')).toBe(2);
  expect(engine.run(2, 'rename')).toBe(2);
  expect(people.changes(0, people.revision).at(-1)!.properties).toContain('userPrincipalName');
});

test('the truth is the sorted ids of the living and their digest', () => {
  const { people } = tenant(50);
  people.remove(7);
  const truth = tellTruth(people);
  expect(truth).toMatchObject({ users: 49, revision: 1 });
  expect(truth.ids).toEqual(truth.ids.toSorted());
  expect(truth.ids).not.toContain(people.idOf(7));
  expect(truth.sha256).toBe(
    createHash('sha256')
      .update(truth.ids.map((id) => `${id}\n`).join(''))
      .digest('hex'),
  );
});
