import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';

/** A file cannot be read as an export of users, or two exports cannot be compared. */
export class ExportError extends DirectoryError {
  override readonly name = 'ExportError';
  readonly path: string;

  constructor(path: string, reason: string, hint: string | Remedy, cause?: unknown) {
    super('E_EXPORT', `${path} ${reason}.`, { hint, cause });
    this.path = path;
  }
}
