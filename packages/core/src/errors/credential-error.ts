import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';

/**
 * The credential cannot be used, which was found before the service saw it: a file is missing, readable by others or
 * not in the expected form, or a certificate is expired or does not belong to its key. Nothing was sent.
 */
export class CredentialError extends DirectoryError {
  override readonly name = 'CredentialError';
  /** Paths of the files that the error is about. */
  readonly files: readonly string[];

  constructor(
    message: string,
    hint: string | Remedy,
    { cause, files = [] }: { readonly cause?: unknown; readonly files?: readonly string[] } = {},
  ) {
    super('E_CREDENTIAL', message, { hint, cause });
    this.files = files;
  }
}
