import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';

/** The checkpoint of an interrupted listing is damaged, or belongs to another query or tenant. Nothing was sent. */
export class ResumeError extends DirectoryError {
  override readonly name = 'ResumeError';

  constructor(reason: string, cause?: unknown, remedy: Remedy = { code: 'resume-same-listing' }) {
    super('E_RESUME', `The listing cannot be resumed: ${reason}.`, { hint: remedy, cause });
  }
}
