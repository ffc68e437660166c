import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The service no longer knows where the last round ended (links live for seven days): begin with a new first round. */
export class DeltaResetError extends DirectoryError {
  override readonly name = 'DeltaResetError';

  constructor(facts: Partial<ErrorFacts> = {}) {
    super('E_DELTA_RESET', 'The delta link is no longer known to the service.', {
      hint: 'Start over with a first round, and take users who are not in it for deleted.',
      retryable: false,
      ...facts,
    });
  }
}
