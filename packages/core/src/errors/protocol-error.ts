import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** The service broke a rule of its own protocol, so that the result can no longer be proved complete. */
export class ProtocolError extends DirectoryError {
  override readonly name = 'ProtocolError';

  constructor(
    problem: string,
    { message, ...facts }: Partial<ErrorFacts> & { readonly message?: string } = {},
  ) {
    super('E_PROTOCOL', message ?? `The service returned an invalid page: ${problem}.`, {
      hint: 'Start again. If the error persists, report the request id to Microsoft support.',
      ...facts,
    });
  }
}
