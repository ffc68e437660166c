/** What can be said of a proof without showing it and without asking the service. */
export interface ProofReport {
  /** For people: whole sentences. */
  readonly says: string;
  /** The same for programs: plain values, none of them secret. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** It can be used, though not for long, or not as it should be. */
  readonly warning?: { readonly says: string; readonly remedy: string } | undefined;
}
