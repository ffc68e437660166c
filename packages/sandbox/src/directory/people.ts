import type { TenantSkew } from './tenant-skew.ts';
import type { UserPropertyName, UserValue, UserValues } from './user-values.ts';
import type { Utf8Text } from './utf8-text.ts';

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
