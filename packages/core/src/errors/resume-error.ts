import { DirectoryError } from './directory-error.ts';

/** What an interrupted listing left behind does not fit what is asked now, or is damaged. Nothing was sent. */
export class ResumeError extends DirectoryError {
  override readonly name = 'ResumeError';

  constructor(reason: string, cause?: unknown) {
    super('E_RESUME', `The interrupted listing cannot go on: ${reason}.`, {
      hint: 'Repeat the command exactly as it was, or start over without --resume.',
      cause,
    });
  }
}
