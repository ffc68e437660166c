/** Wakes everything that waits for a change of a common state. */
export interface ChangeSignal {
  /** Resolves at the next change. A caller takes it before it checks the state, so that it misses no change. */
  readonly next: Promise<void>;
  announce(): void;
}

export function createChangeSignal(): ChangeSignal {
  let change = Promise.withResolvers<void>();
  return {
    get next() {
      return change.promise;
    },
    announce() {
      change.resolve();
      change = Promise.withResolvers();
    },
  };
}
