/** What can be said of a proof without showing it and without asking the service. */
export interface ProofReport {
  /** For people: whole sentences. */
  readonly says: string;
  /** The same for programs: plain values, none of them secret. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** What to do about it, where it can be used, though not for long. */
  readonly remedy?: string | undefined;
}
