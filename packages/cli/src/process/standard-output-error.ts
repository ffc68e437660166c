/** What to do, by errno. Output that could not be written is lost. */
const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free disk space and rerun. With --out FILE, an interrupted export can be resumed.',
  EDQUOT: 'The disk quota is used up: free space and rerun.',
};

/** Writing to stdout failed. It has the fields of core's errors, without loading core. */
export class StandardOutputError extends Error {
  override readonly name = 'StandardOutputError';
  readonly code = 'E_OUTPUT';
  readonly category = 'output';
  readonly hint: string;

  /** @param reason the system's errno */
  constructor(reason: string, cause: unknown) {
    super(`Writing to stdout failed (${reason}).`, { cause });
    this.hint =
      hints[reason] ?? 'Check where stdout is redirected to, or write to a file with --out.';
  }
}
