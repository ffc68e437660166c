import { createObjectIds } from './object-id.ts';
import type { People } from './people.ts';

/** A group, as Graph writes it. */
export interface Group {
  readonly id: string;
  readonly createdDateTime: string;
  readonly description: string | null;
  readonly displayName: string;
  readonly groupTypes: readonly string[];
  readonly mail: string | null;
  readonly mailEnabled: boolean;
  readonly mailNickname: string;
  readonly securityEnabled: boolean;
  readonly visibility: string | null;
}

/** A member of a group that is not a user. */
export interface OtherMember {
  readonly type: 'group' | 'device' | 'orgContact';
  readonly id: string;
  readonly displayName: string;
}

export interface Groups {
  readonly all: readonly Group[];
  /** Ignores case. */
  byId(id: string): Group | undefined;
  /** The slots of the live users that are members, in ascending order. */
  users(group: Group, isTransitive: boolean): readonly number[];
  /** The members that are not users, each once. A group in a cycle is its own transitive member. */
  others(group: Group, isTransitive: boolean): readonly OtherMember[];
  /** The groups that have the user as a direct member. */
  of(slot: number): readonly Group[];
}

interface Definition {
  readonly name: string;
  readonly description?: string;
  /** Every `every`-th user from slot `from` on is a member. */
  readonly users?: { readonly from: number; readonly every: number };
  /** Numbers of the groups that are members. */
  readonly groups?: readonly number[];
  readonly others?: readonly OtherMember['type'][];
}

/**
 * The groups of every tenant: nested (0 has 1, 3 and 4; 1 has 2), in a cycle (5 and 6), with members of other types,
 * two of one name (7 and 8), with an apostrophe in the name, and without members.
 */
const definitions: readonly Definition[] = [
  { name: 'All Employees', users: { from: 0, every: 10 }, groups: [1, 3, 4] },
  {
    name: 'Engineering',
    users: { from: 1, every: 5 },
    groups: [2],
    others: ['device', 'orgContact'],
  },
  { name: 'Engineering Leads', users: { from: 7, every: 20 } },
  { name: 'Sales', users: { from: 2, every: 5 } },
  { name: 'Finance', users: { from: 3, every: 5 } },
  { name: 'Project Falcon', users: { from: 4, every: 25 }, groups: [6] },
  { name: 'Project Falcon Partners', users: { from: 9, every: 25 }, groups: [5] },
  { name: 'Reviewers', description: 'Reviewers of Engineering', users: { from: 6, every: 50 } },
  { name: 'Reviewers', description: 'Reviewers of Finance', users: { from: 8, every: 50 } },
  { name: "Directors' Circle", users: { from: 0, every: 100 } },
  { name: 'Empty' },
];

/** The groups of a seed. Their members follow from the slots of the users, so that they take no memory. */
export function createGroups(people: People, seed: number): Groups {
  const ids = createObjectIds(seed ^ 0x47726f75);
  const otherIds = createObjectIds(seed ^ 0x4f746872);
  const groups = definitions.map(({ name, description = null }, index): Group => ({
    id: ids.of(index),
    createdDateTime: '2020-03-04T05:06:07Z',
    description,
    displayName: name,
    groupTypes: [],
    mail: null,
    mailEnabled: false,
    mailNickname: `${name.replaceAll(/\W/g, '').toLowerCase()}${index}`,
    securityEnabled: true,
    visibility: null,
  }));

  /** The numbers of a group and of the groups in it, each once: groups can contain each other. */
  function withNested(index: number, isTransitive: boolean): readonly number[] {
    const found = new Set([index]);
    if (isTransitive)
      for (const each of found)
        for (const nested of definitions[each]?.groups ?? []) found.add(nested);
    return [...found];
  }

  function slotsOf(index: number): number[] {
    const { users } = definitions[index] ?? {};
    if (users === undefined) return [];
    const slots: number[] = [];
    for (let slot = users.from; slot < people.slots; slot += users.every) {
      if (people.presence(slot) === 'live') slots.push(slot);
    }
    return slots;
  }

  function othersOf(index: number): readonly OtherMember[] {
    const { groups: nested = [], others = [] } = definitions[index] ?? {};
    return [
      ...nested.flatMap((each) => {
        const { id, displayName } = groups[each]!;
        return [{ type: 'group', id, displayName } as const];
      }),
      ...others.map((type, at) => ({
        type,
        id: otherIds.of(index * 100 + at),
        displayName: `${type} ${at} of ${definitions[index]?.name}`,
      })),
    ];
  }

  const indexOf = (group: Group): number => groups.indexOf(group);

  return {
    all: groups,
    byId: (id) => groups.find((group) => group.id === id.toLowerCase()),
    users(group, isTransitive) {
      const [own = [], ...more] = withNested(indexOf(group), isTransitive).map(slotsOf);
      return more.length === 0
        ? own
        : [...new Set([own, ...more].flat())].toSorted((a, b) => a - b);
    },
    others(group, isTransitive) {
      const all = withNested(indexOf(group), isTransitive).flatMap(othersOf);
      return [...new Map(all.map((each) => [each.id, each])).values()];
    },
    of: (slot) =>
      groups.filter((_, index) => {
        const { users } = definitions[index] ?? {};
        return users !== undefined && slot >= users.from && (slot - users.from) % users.every === 0;
      }),
  };
}
