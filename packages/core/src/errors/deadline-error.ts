import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The time given to the whole command is over, or would be before the service wants to hear from us again. */
export class DeadlineError extends DirectoryError {
  override readonly name = 'DeadlineError';

  constructor(facts: Partial<ErrorFacts> = {}) {
    super('E_DEADLINE', 'The deadline came before the end.', {
      hint: 'Give more time with --deadline; a listing with --out goes on where it stopped with --resume.',
      ...facts,
    });
  }
}
