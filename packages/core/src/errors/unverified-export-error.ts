import { DirectoryError } from './directory-error.ts';

/** An export that is compared is not proved complete: differences to it could be users that were never read. */
export class UnverifiedExportError extends DirectoryError {
  override readonly name = 'UnverifiedExportError';
  readonly path: string;
  /** Why the export is not verified, one clause for each reason. */
  readonly problems: readonly string[];

  constructor(path: string, problems: readonly string[]) {
    super('E_UNVERIFIED_EXPORT', `${path} is not a verified export: ${problems.join('; ')}.`, {
      hint: { code: 'verify-export' },
    });
    this.path = path;
    this.problems = problems;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), path: this.path, problems: this.problems };
  }
}
