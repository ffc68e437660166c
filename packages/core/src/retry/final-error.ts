/** An error that has been asked again about already, by whoever threw it: the retry passes it on. Layers multiply. */
export class FinalError extends Error {
  readonly reason: unknown;

  constructor(reason: unknown) {
    super('settled');
    this.reason = reason;
  }
}

/** For `.catch(throwFinal)`. */
export function throwFinal(reason: unknown): never {
  throw new FinalError(reason);
}
