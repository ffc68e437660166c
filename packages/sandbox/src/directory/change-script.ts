import type { Clock } from '../clock.ts';
import { createDice } from './draw.ts';
import type { People } from './people.ts';

export const changeActions = ['create', 'update', 'rename', 'remove', 'purge', 'restore'] as const;
export type ChangeAction = (typeof changeActions)[number];

/** How often of a hundred, when the script chooses. */
const shares: Record<ChangeAction, number> = {
  create: 18,
  update: 40,
  rename: 16,
  remove: 14,
  purge: 4,
  restore: 8,
};

/** How many times each was done. */
export type ChangeLedger = Readonly<Record<ChangeAction, number>>;

export interface ChangeScript {
  /** Makes the next change of the script, or one of this kind. False when no user is left for it. */
  step(action?: ChangeAction): boolean;
  readonly ledger: ChangeLedger;
}

const titles = ['Engineer II', 'Team Lead', "Directors' Assistant", 'Auditor', null] as const;

/** Chooses users to change. */
interface Chooser {
  /** Applies a change to a live user. Returns false when there is none. */
  readonly toLive: (act: (slot: number) => void) => boolean;
  /** Applies a change to a soft-deleted user that `noteRemoved` was called with. */
  readonly toRemoved: (act: (slot: number) => void) => boolean;
  readonly noteRemoved: (slot: number) => void;
}

/** Returns false when there is no slot. */
function apply(slot: number | undefined, act: (slot: number) => void): boolean {
  if (slot !== undefined) act(slot);
  return slot !== undefined;
}

function createChooser(people: People, roll: (bound: number) => number): Chooser {
  const removed: number[] = [];

  function anyUser(): number | undefined {
    if (people.size === 0) return undefined;
    const start = roll(people.slots);
    for (let ahead = 0; ahead < people.slots; ahead += 1) {
      const slot = (start + ahead) % people.slots;
      if (people.presence(slot) === 'live') return slot;
    }
    return undefined;
  }

  /** Returns a soft-deleted user; forgets users that were restored or purged in another way. */
  function anyRemoved(): number | undefined {
    while (removed.length > 0) {
      const [slot] = removed.splice(roll(removed.length), 1);
      if (slot !== undefined && people.presence(slot) === 'deleted') return slot;
    }
    return undefined;
  }

  return {
    toLive: (act) => apply(anyUser(), act),
    toRemoved: (act) => apply(anyRemoved(), act),
    noteRemoved(slot) {
      removed.push(slot);
    },
  };
}

/**
 * The changes in a tenant while a client reads it. The same seed and users give the same script; a rename changes the
 * first letter of the login, so that the user moves between shards too.
 */
export function createChangeScript(people: People, seed: number, clock: Clock): ChangeScript {
  const roll = createDice(seed);
  const { toLive, toRemoved, noteRemoved } = createChooser(people, roll);
  const ledger: Record<ChangeAction, number> = {
    create: 0,
    update: 0,
    rename: 0,
    remove: 0,
    purge: 0,
    restore: 0,
  };

  function rename(slot: number): void {
    const letter = String.fromCharCode(97 + roll(26));
    const login = `${letter}.renamed.r${people.revision}@${people.domain}`;
    people.update(slot, { userPrincipalName: login, mail: login, displayName: `Renamed ${login}` });
  }

  const actions: Record<ChangeAction, () => boolean> = {
    create() {
      people.create({ createdDateTime: `${new Date(clock.now()).toISOString().slice(0, 19)}Z` });
      return true;
    },
    update: () =>
      toLive((slot) => {
        people.update(slot, {
          jobTitle: titles[roll(titles.length)]!,
          accountEnabled: roll(2) === 0,
          department: `Department ${roll(40)}`,
        });
      }),
    rename: () => toLive(rename),
    remove: () =>
      toLive((slot) => {
        people.remove(slot);
        noteRemoved(slot);
      }),
    purge: () =>
      toRemoved((slot) => {
        people.purge(slot);
      }),
    restore: () =>
      toRemoved((slot) => {
        people.restore(slot);
      }),
  };

  function choose(): ChangeAction {
    let left = roll(100);
    return changeActions.find((action) => (left -= shares[action]) < 0) ?? 'update';
  }

  return {
    step(action = choose()) {
      const done = actions[action]();
      if (done) ledger[action] += 1;
      return done;
    },
    ledger,
  };
}
