import type { Entry, RequestClass } from './entry.ts';

export interface JournalCounts {
  readonly requests: number;
  readonly byClass: Readonly<Record<RequestClass, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** TCP connections accepted. */
  readonly connections: number;
}

/** The sandbox's memory of what it was asked: every request counted, the last ones kept. */
export interface Journal {
  /**
   * Records a request before its response is sent, so that a client that has the response finds the entry.
   * @returns a function that records the outcome
   */
  add(entry: Omit<Entry, 'number'>): (end: Partial<Entry>) => void;
  connected(): void;
  /** The kept entries, oldest first. */
  entries(): readonly Entry[];
  counts(): JournalCounts;
  /** Forgets entries and counts, so that a test can look at its own requests only. */
  clear(): void;
}

const none = (): Record<RequestClass, number> => ({
  discovery: 0,
  token: 0,
  graph: 0,
  'managed-identity': 0,
  other: 0,
});

/** @param capacity how many entries are kept */
export function createJournal(capacity = 10_000): Journal {
  let ring: Entry[] = [];
  let numbered = 0;
  let requests = 0;
  let connections = 0;
  let byClass = none();
  let byStatus: Record<string, number> = {};
  return {
    add(entry) {
      numbered += 1;
      requests += 1;
      byClass[entry.class] += 1;
      byStatus[entry.status] = (byStatus[entry.status] ?? 0) + 1;
      const kept: Entry = { number: numbered, ...entry };
      ring.push(kept);
      // Trimmed in slices: a shift for each request would copy the whole ring each time.
      if (ring.length >= capacity * 2) ring = ring.slice(-capacity);
      return (end) => {
        Object.assign(kept, end);
      };
    },
    connected() {
      connections += 1;
    },
    entries: () => ring.slice(-capacity),
    counts: () => ({ requests, byClass: { ...byClass }, byStatus: { ...byStatus }, connections }),
    clear() {
      ring = [];
      requests = 0;
      connections = 0;
      byClass = none();
      byStatus = {};
    },
  };
}
