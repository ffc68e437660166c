import type { CredentialContext } from '../strategy.ts';

/** Where the assertion of another issuer comes from. */
export interface AssertionSource {
  /** For messages: `the file /var/run/…`, `GitHub Actions`. */
  readonly name: string;
  /** Gets it anew. @throws {DirectoryError} when there is none */
  read(signal: AbortSignal | undefined): Promise<string>;
}

export type OpenAssertionSource<Settings> = (
  settings: Settings,
  context: CredentialContext,
) => AssertionSource;

/** The audience that Entra expects of assertions made for it. */
export const exchangeAudience = 'api://AzureADTokenExchange';
