/** The result of examining a credential without sending it; contains no secrets. */
export interface CredentialReport {
  /** One or more sentences. */
  readonly message: string;
  /** The same facts for programs. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** What to do, when the credential can be used but expires soon. */
  readonly hint?: string | undefined;
}
