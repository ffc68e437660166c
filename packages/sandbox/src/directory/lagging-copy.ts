import { createPeople } from './create-people.ts';
import type { Change, People, PeopleOptions } from './people.ts';

/** A replica of a directory that receives each change some time after it was made. */
export interface LaggingCopy {
  readonly people: People;
  /** Applies the changes that are at least `seconds` old. */
  catchUp(seconds: number): void;
}

/**
 * @param original the directory that is written to
 * @param options those of the original, so that both have the same seeded users
 */
export function createLaggingCopy(
  original: People,
  options: PeopleOptions & { readonly now: () => number },
): LaggingCopy {
  const started = original.startedAt;
  let applied: number | undefined;
  // Deletions have the time at which they were made, not the one at which the copy learned of them.
  const people = createPeople({ ...options, now: () => applied ?? started });

  function apply({ kind, slot, values }: Change): void {
    const operations = {
      created: () => people.create(values),
      updated: () => people.update(slot, values),
      deleted: () => people.remove(slot),
      purged: () => people.purge(slot),
      restored: () => people.restore(slot),
    } satisfies Record<Change['kind'], () => unknown>;
    operations[kind]();
  }

  return {
    people,
    catchUp(seconds) {
      const upTo = options.now() - seconds * 1_000;
      for (const change of original.changes(people.revision, original.revision)) {
        if (change.at > upTo) break;
        applied = change.at;
        apply(change);
      }
    },
  };
}
