import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The service broke a rule of its own paging, so that completeness can no longer be proved. */
export class ProtocolError extends DirectoryError {
  override readonly name = 'ProtocolError';

  constructor(broken: string, facts: Partial<ErrorFacts> = {}) {
    super('E_PROTOCOL', `The service broke the rules of paging: ${broken}.`, {
      hint: 'Start over; report the request-id to the service when it happens again.',
      ...facts,
    });
  }
}
