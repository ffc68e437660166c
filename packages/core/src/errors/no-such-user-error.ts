import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** No user has this object id or userPrincipalName, or the application is not allowed to see it. */
export class NoSuchUserError extends DirectoryError {
  override readonly name = 'NoSuchUserError';
  /** The id that was requested. */
  readonly id: string;

  constructor(id: string, facts: Partial<ErrorFacts> = {}) {
    super('E_NO_SUCH_USER', `The user ${id} was not found.`, {
      hint: 'Check the object id or the userPrincipalName. Deleted users are not found.',
      ...facts,
    });
    this.id = id;
  }
}
