/**
 * An error whose request was already retried by an inner layer. Outer layers must not retry it: attempts would
 * multiply.
 */
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
