import type { Change, ChangeKind, People, Presence } from './people.ts';
import type { UserPropertyName, UserValues } from './user-values.ts';

/** A user that is not in the directory; `deletedDateTime` is kept for 30 days. */
export type Absence =
  | { readonly presence: 'deleted'; readonly deletedDateTime: string }
  | { readonly presence: 'purged' };

/** What changed since the start, and the users that are not in the directory. */
export interface DirectoryState {
  /** The values of users that were changed, by slot. */
  readonly altered: Map<number, UserValues>;
  readonly absent: Map<number, Absence>;
  /** Slots by names that were given or changed, in lower case. */
  readonly renamed: Map<string, number>;
  readonly log: Change[];
  /** One more than the highest slot ever used. */
  slots: number;
  /** The values of a slot that are not those of the seed. */
  valuesOf(slot: number): UserValues | undefined;
}

function noteName(
  { renamed }: Pick<DirectoryState, 'renamed'>,
  slot: number,
  { userPrincipalName: name }: UserValues,
): void {
  if (typeof name === 'string') renamed.set(name.toLowerCase(), slot);
}

export function createState(slots: number, given: readonly UserValues[]): DirectoryState {
  const altered = new Map<number, UserValues>();
  const state: DirectoryState = {
    altered,
    absent: new Map(),
    renamed: new Map(),
    log: [],
    slots,
    valuesOf: (slot) => altered.get(slot) ?? given[slot],
  };
  for (const [slot, values] of given.entries()) noteName(state, slot, values);
  return state;
}

export function instant(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The operations that change a directory; each is recorded in its history. */
export function createChanges(
  state: DirectoryState,
  presence: (slot: number) => Presence,
  now: () => number,
): Pick<People, 'create' | 'update' | 'remove' | 'purge' | 'restore'> {
  const { absent, altered, log } = state;

  /** @param properties what counts as changed for a delta query; all that was set when absent */
  function record(
    kind: ChangeKind,
    slot: number,
    values: UserValues = {},
    properties = Object.keys(values) as UserPropertyName[],
  ): void {
    log.push({ revision: log.length + 1, slot, kind, properties, values, at: now() });
  }

  function alter(slot: number, values: UserValues): void {
    altered.set(slot, { ...state.valuesOf(slot), ...values });
    noteName(state, slot, values);
  }

  function expect(slot: number, wanted: Presence, kind: ChangeKind): void {
    const found = presence(slot);
    if (found !== wanted) {
      throw new RangeError(`Slot ${slot} cannot be ${kind}: it is ${found}, not ${wanted}`);
    }
  }

  return {
    create(values) {
      const slot = state.slots;
      state.slots += 1;
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
