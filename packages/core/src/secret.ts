/** The symbol of `util.inspect.custom`, without loading `node:util`. */
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const redacted = '[redacted]';

/**
 * A string that is printed as `[redacted]` by `String`, `JSON.stringify`, `inspect` and templates. Only
 * {@link Secret.reveal} returns its value.
 *
 * @example
 * const secret = new Secret('8Q~…');
 * console.log(`${secret}`); // [redacted]
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /**
   * Returns the value. Call it where the value is sent, hashed or checked, and do not store the result.
   *
   * @example
   * const body = new URLSearchParams({ client_secret: secret.reveal() });
   */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspectCustom](): string {
    return redacted;
  }
}
