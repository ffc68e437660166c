import type { CredentialContext } from '../strategy.ts';

/** A source of assertions of another issuer. */
export interface AssertionSource {
  /** For messages: `the file /var/run/…`, `GitHub Actions`. */
  readonly name: string;
  /**
   * Returns a new assertion.
   * @throws {CredentialError} when the source has none
   */
  read(signal: AbortSignal | undefined): Promise<string>;
}

export type OpenAssertionSource<Settings> = (
  settings: Settings,
  context: CredentialContext,
) => AssertionSource;

/** The audience that Entra requires in assertions by default. */
export const exchangeAudience = 'api://AzureADTokenExchange';
