import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The service no longer knows where the last round ended (links live for seven days): begin with a new first round. */
export class DeltaResetError extends DirectoryError {
  override readonly name = 'DeltaResetError';
  /** How many whole days old the link is, when that was seen beforehand and nothing was sent. */
  readonly days: number | undefined;

  constructor({ days, ...facts }: Partial<ErrorFacts> & { readonly days?: number } = {}) {
    super(
      'E_DELTA_RESET',
      days === undefined
        ? 'The delta link is no longer known to the service.'
        : `The delta link is more than ${days} days old, and the service keeps them for seven.`,
      {
        hint: 'Start over with a first round, and take users who are not in it for deleted.',
        retryable: false,
        ...facts,
      },
    );
    this.days = days;
  }
}
