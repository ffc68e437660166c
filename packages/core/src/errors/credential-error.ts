import { DirectoryError } from './directory-error.ts';

/**
 * The credential is unusable before the service has seen it: a file that is missing, weakly protected or not
 * what it should be, a certificate that is expired or does not fit its key. Nothing was sent.
 */
export class CredentialError extends DirectoryError {
  override readonly name = 'CredentialError';

  constructor(message: string, hint: string, cause?: unknown) {
    super('E_CREDENTIAL', message, { hint, cause });
  }
}
