import { createObjectIds, withGivenIds } from './object-id.ts';
import { isCollection } from './property-types.ts';
import { seededProperties } from './seeded-properties.ts';
import { seedPerson, slotOfLogin, type SeededPerson } from './seeded-person.ts';
import { seededWriter, type SeededWriter } from './seeded-writers.ts';
import { readTenantShape, type TenantSkew } from './tenant-skew.ts';
import type { Utf8Text } from './utf8-text.ts';
import {
  userProperties,
  type UserPropertyName,
  type UserValue,
  type UserValues,
} from './user-values.ts';

/** One user now. Hold it for one answer only: its values are read when asked for. */
export interface User {
  readonly slot: number;
  /** A property's present value; null when it has none. */
  value(name: UserPropertyName): UserValue;
  /** True when it was set since the start, be it to null. */
  altered(name: UserPropertyName): boolean;
  /** Appends the same as JSON. */
  write(name: UserPropertyName, out: Utf8Text): void;
}

export type ChangeKind = 'created' | 'updated' | 'deleted' | 'purged' | 'restored';

/** One line of the directory's history. `revision` counts from 1. */
export interface Change {
  readonly revision: number;
  readonly slot: number;
  readonly kind: ChangeKind;
  readonly properties: readonly UserPropertyName[];
  /** What was set; empty unless the user was created or updated. */
  readonly values: UserValues;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export type Presence = 'live' | 'deleted' | 'purged' | 'never';

/**
 * The users of the tenant. Seeded ones are a function of the seed and their slot, made when read and not kept; only
 * what changed since the start takes memory. Slots are the order of every unsorted list: neither by id nor by name,
 * because Graph promises no order and a client that leans on one should fail here first. A user never moves to another
 * slot, so that a cursor into the list survives any change.
 */
export interface People {
  /** Live users. */
  readonly size: number;
  /** One more than the highest slot ever used. */
  readonly slots: number;
  /** Number of changes since the start. */
  readonly revision: number;
  readonly domain: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  at(slot: number): User | undefined;
  presence(slot: number): Presence;
  idOf(slot: number): string;
  byId(id: string): User | undefined;
  /** Ignores case, as Graph does. */
  byPrincipalName(name: string): User | undefined;
  /** The soft-deleted users, in slot order, as the deleted items have them. */
  deleted(): readonly User[];
  managerOf(user: User): User | undefined;
  changes(after: number, upTo: number): readonly Change[];
  /** Adds the seeded user of the next slot, with these values instead. Returns the slot. */
  create(values: UserValues): number;
  update(slot: number, values: UserValues): void;
  /** Soft: `restore` brings the same object back. */
  remove(slot: number): void;
  purge(slot: number): void;
  restore(slot: number): void;
}

export interface PeopleOptions {
  /** 0 to 4,000,000,000 seeded users. */
  readonly users: number;
  /** Values of the first users; their other properties have no value. The users of the other slots are seeded. */
  readonly given?: readonly UserValues[] | undefined;
  readonly seed: number;
  /** Domain of every userPrincipalName. */
  readonly tenantDomain: string;
  readonly skew?: readonly TenantSkew[] | undefined;
  /** Share of users without `createdDateTime`, 0 to 1; one in 200 when absent. */
  readonly withoutCreatedDateTime?: number | undefined;
  /** How many more users are soft-deleted at the start; none when absent. */
  readonly deletedUsers?: number | undefined;
  /** Milliseconds since 1970, for the time of deletions. */
  readonly now?: (() => number) | undefined;
}

/** A user that is not in the directory; `deletedDateTime` is kept for 30 days. */
type Absence =
  | { readonly presence: 'deleted'; readonly deletedDateTime: string }
  | { readonly presence: 'purged' };

/** The slots of two users who are the managers of each other, when that is chosen. */
export const managersOfEachOther = [1, 9] as const;

/** Graph keeps deleted users for 30 days: those of the seed were deleted within them. In milliseconds. */
const retention = 30 * 86_400_000;

function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

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

/** @throws {TypeError} for a skew or share that does not exist */
export function createPeople(options: PeopleOptions): People {
  const { users, given = [], seed, tenantDomain, deletedUsers = 0, now = Date.now } = options;
  const startedAt = now();
  const shape = readTenantShape(options.skew, options.withoutCreatedDateTime, startedAt);
  const ids = withGivenIds(createObjectIds(seed), given);
  const tenancy = { ids, domain: tenantDomain };
  const altered = new Map<number, UserValues>();
  const absent = new Map<number, Absence>();
  const renamed = new Map<string, number>();
  const log: Change[] = [];
  let slots = users + deletedUsers;
  for (let slot = users; slot < slots; slot += 1) {
    const age = (retention / (deletedUsers + 1)) * (slot - users + 1);
    absent.set(slot, { presence: 'deleted', deletedDateTime: instant(startedAt - age) });
  }

  class StoredUser implements User {
    readonly slot: number;
    readonly #person: SeededPerson;
    readonly #values: UserValues | undefined;
    /** @param overrides what its place in the directory changes */
    constructor(slot: number, overrides?: UserValues) {
      this.slot = slot;
      this.#person = seedPerson(seed, slot, shape);
      const values = altered.get(slot) ?? given[slot];
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

  /** @param properties what counts as changed for a delta query; all that was set when absent */
  function record(
    kind: ChangeKind,
    slot: number,
    values: UserValues = {},
    properties = Object.keys(values) as UserPropertyName[],
  ): void {
    log.push({ revision: log.length + 1, slot, kind, properties, values, at: now() });
  }

  function noteName(slot: number, { userPrincipalName: name }: UserValues): void {
    if (typeof name === 'string') renamed.set(name.toLowerCase(), slot);
  }

  function alter(slot: number, values: UserValues): void {
    altered.set(slot, { ...(altered.get(slot) ?? given[slot]), ...values });
    noteName(slot, values);
  }

  for (const [slot, values] of given.entries()) noteName(slot, values);

  function presence(slot: number): Presence {
    return absent.get(slot)?.presence ?? (slot < slots && slot >= 0 ? 'live' : 'never');
  }

  function expect(slot: number, wanted: Presence, kind: ChangeKind): void {
    const found = presence(slot);
    if (found !== wanted) {
      throw new RangeError(`Slot ${slot} cannot be ${kind}: it is ${found}, not ${wanted}`);
    }
  }

  function at(slot: number): User | undefined {
    return presence(slot) === 'live' ? new StoredUser(slot) : undefined;
  }

  /** Entra puts the object ID before the name of a deleted user, so that the name can be given to another user. */
  function deletedUser(slot: number, deletedDateTime: string): User {
    const name = new StoredUser(slot).value('userPrincipalName') as string;
    const userPrincipalName = ids.of(slot).replaceAll('-', '') + name;
    return new StoredUser(slot, { deletedDateTime, userPrincipalName });
  }

  function named(slot: number | undefined, name: string): User | undefined {
    const user = slot === undefined ? undefined : at(slot);
    const present = user?.value('userPrincipalName');
    return typeof present === 'string' && present.toLowerCase() === name ? user : undefined;
  }

  return {
    get size() {
      return slots - absent.size;
    },
    get slots() {
      return slots;
    },
    get revision() {
      return log.length;
    },
    domain: tenantDomain,
    startedAt,
    at,
    presence,
    idOf: (slot) => ids.of(slot),
    byId(id) {
      const slot = ids.slotOf(id);
      return slot !== undefined && ids.of(slot) === id.toLowerCase() ? at(slot) : undefined;
    },
    byPrincipalName(text) {
      const name = text.toLowerCase();
      return named(renamed.get(name), name) ?? named(slotOfLogin(name), name);
    },
    deleted: () =>
      [...absent]
        .toSorted(([a], [b]) => a - b)
        .flatMap(([slot, absence]) =>
          absence.presence === 'deleted' ? [deletedUser(slot, absence.deletedDateTime)] : [],
        ),
    managerOf({ slot }) {
      const [one, other] = managersOfEachOther;
      if (shape.hasManagerCycle && slot === one) return at(other);
      if (shape.hasManagerCycle && slot === other) return at(one);
      const { kind, traits } = seedPerson(seed, slot, shape);
      if (slot === 0 || kind !== 'member' || traits[1] % 20 === 0) return undefined;
      return at(Math.floor((slot - 1) / 8));
    },
    changes: (after, upTo) => log.slice(after, upTo),
    create(values) {
      const slot = slots;
      slots += 1;
      alter(slot, values);
      record('created', slot, values, []);
      return slot;
    },
    update(slot, values) {
      expect(slot, 'live', 'updated');
      alter(slot, values);
      record('updated', slot, values);
    },
    remove(slot) {
      expect(slot, 'live', 'deleted');
      absent.set(slot, { presence: 'deleted', deletedDateTime: instant(now()) });
      record('deleted', slot);
    },
    purge(slot) {
      expect(slot, 'deleted', 'purged');
      absent.set(slot, { presence: 'purged' });
      record('purged', slot);
    },
    restore(slot) {
      expect(slot, 'deleted', 'restored');
      absent.delete(slot);
      record('restored', slot);
    },
  };
}
