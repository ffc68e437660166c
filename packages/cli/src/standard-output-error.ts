/** What to do, by errno; nothing is kept of what standard output did not take. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space and list again; with --out, a listing could go on where it stopped.',
  EDQUOT: 'Your quota is used up: free some space and list again.',
};

/** Standard output takes no more. Reports like core's errors, without loading core. */
export class StandardOutputError extends Error {
  override readonly name = 'StandardOutputError';
  readonly code = 'E_OUTPUT';
  readonly category = 'output';
  readonly hint: string;

  /** @param reason the system's errno */
  constructor(reason: string, cause: unknown) {
    super(`Standard output could not be written (${reason}).`, { cause });
    this.hint = hints[reason] ?? 'See where standard output leads, or write to a file with --out.';
  }
}
