import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The service no longer accepts the delta link (links expire after seven days): start a new first round. */
export class DeltaResetError extends DirectoryError {
  override readonly name = 'DeltaResetError';
  /** Age of the link in whole days, when it was rejected for its age and nothing was sent. */
  readonly days: number | undefined;

  constructor({ days, ...facts }: Partial<ErrorFacts> & { readonly days?: number } = {}) {
    super(
      'E_DELTA_RESET',
      days === undefined
        ? 'The service no longer accepts the delta link.'
        : `The delta link is more than ${days} days old; the service keeps delta links for seven days.`,
      {
        hint: 'Start a new first round, and treat users that are not in it as deleted.',
        retryable: false,
        ...facts,
      },
    );
    this.days = days;
  }
}
