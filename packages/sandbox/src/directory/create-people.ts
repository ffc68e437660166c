import { createChanges, createState, instant } from './directory-state.ts';
import { createObjectIds, withGivenIds } from './object-id.ts';
import type { People, PeopleOptions, Presence, User } from './people.ts';
import { seedPerson, slotOfLogin } from './seeded-person.ts';
import { createUserReader } from './stored-user.ts';
import { managersOfEachOther, readTenantShape } from './tenant-skew.ts';

/** Graph keeps deleted users for 30 days: those of the seed were deleted within them. In milliseconds. */
const retention = 30 * 86_400_000;

/** @throws {TypeError} for a skew or share that does not exist */
export function createPeople(options: PeopleOptions): People {
  const { users, given = [], seed, tenantDomain, deletedUsers = 0, now = Date.now } = options;
  const startedAt = now();
  const shape = readTenantShape(options.skew, options.withoutCreatedDateTime, startedAt);
  const ids = withGivenIds(createObjectIds(seed), given);
  const state = createState(users + deletedUsers, given);
  const { absent, renamed, log } = state;
  for (let slot = users; slot < state.slots; slot += 1) {
    const age = (retention / (deletedUsers + 1)) * (slot - users + 1);
    absent.set(slot, { presence: 'deleted', deletedDateTime: instant(startedAt - age) });
  }
  const read = createUserReader({ seed, shape, ids, domain: tenantDomain, given, state });

  function presence(slot: number): Presence {
    return absent.get(slot)?.presence ?? (slot < state.slots && slot >= 0 ? 'live' : 'never');
  }

  function at(slot: number): User | undefined {
    return presence(slot) === 'live' ? read(slot) : undefined;
  }

  /** Entra puts the object ID before the name of a deleted user, so that the name can be given to another user. */
  function deletedUser(slot: number, deletedDateTime: string): User {
    const name = read(slot).value('userPrincipalName') as string;
    const userPrincipalName = ids.of(slot).replaceAll('-', '') + name;
    return read(slot, { deletedDateTime, userPrincipalName });
  }

  function named(slot: number | undefined, name: string): User | undefined {
    const user = slot === undefined ? undefined : at(slot);
    const present = user?.value('userPrincipalName');
    return typeof present === 'string' && present.toLowerCase() === name ? user : undefined;
  }

  return {
    get size() {
      return state.slots - absent.size;
    },
    get slots() {
      return state.slots;
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
    ...createChanges(state, presence, now),
  };
}
