import type { ObjectIds } from './object-id.ts';
import type { User } from './people.ts';
import type { DirectoryState } from './directory-state.ts';
import { isCollection } from './property-types.ts';
import { seededProperties } from './seeded-properties.ts';
import { seedPerson, type SeededPerson } from './seeded-person.ts';
import { seededWriter, type SeededWriter } from './seeded-writers.ts';
import type { TenantShape } from './tenant-skew.ts';
import type { Utf8Text } from './utf8-text.ts';
import {
  userProperties,
  type UserPropertyName,
  type UserValue,
  type UserValues,
} from './user-values.ts';

/** Properties that a given user has of the seed unless they are given. */
const keptProperties: ReadonlySet<UserPropertyName> = new Set([
  'accountEnabled',
  'createdDateTime',
  'id',
  'userPrincipalName',
  'userType',
]);

function blankOf(name: UserPropertyName): UserValue {
  return isCollection(name) ? [] : null;
}

const writers = Object.fromEntries(
  userProperties.map((name) => [name, seededWriter(name)]),
) as Record<UserPropertyName, SeededWriter>;

export interface UserSource {
  readonly seed: number;
  readonly shape: TenantShape;
  readonly ids: ObjectIds;
  readonly domain: string;
  /** Values of the first users, which are not seeded. */
  readonly given: readonly UserValues[];
  readonly state: Pick<DirectoryState, 'altered'>;
}

/** Reads the user of a slot. @param overrides what its place in the directory changes */
export type ReadUser = (slot: number, overrides?: UserValues) => User;

export function createUserReader({ seed, shape, ids, domain, given, state }: UserSource): ReadUser {
  const tenancy = { ids, domain };

  class StoredUser implements User {
    readonly slot: number;
    readonly #person: SeededPerson;
    readonly #values: UserValues | undefined;
    /** @param overrides what its place in the directory changes */
    constructor(slot: number, overrides?: UserValues) {
      this.slot = slot;
      this.#person = seedPerson(seed, slot, shape);
      const values = state.altered.get(slot) ?? given[slot];
      this.#values = overrides === undefined ? values : { ...values, ...overrides };
    }
    value(name: UserPropertyName): UserValue {
      const changed = this.#values?.[name];
      if (changed !== undefined) return changed;
      const seeded = seededProperties[name]?.(this.#person, tenancy) ?? null;
      return this.slot < given.length && !keptProperties.has(name) ? blankOf(name) : seeded;
    }
    altered(name: UserPropertyName): boolean {
      return this.#values?.[name] !== undefined;
    }
    write(name: UserPropertyName, out: Utf8Text): void {
      const changed = this.#values?.[name];
      const isSeeded = changed === undefined && this.slot >= given.length;
      if (isSeeded) writers[name](this.#person, tenancy, out);
      else out.json(this.value(name));
    }
  }

  return (slot, overrides) => new StoredUser(slot, overrides);
}
