/** An error that has been asked again about already, by whoever threw it: the retry passes it on. Layers multiply. */
export class Settled extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('settled');
    this.reason = reason;
  }
}

/** For `.catch(settle)`. */
export function settle(reason: unknown): never {
  throw new Settled(reason);
}
