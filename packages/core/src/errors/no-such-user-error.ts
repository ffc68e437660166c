import { DirectoryError, type ErrorFacts } from './directory-error.ts';

/** There is no user by this object id or userPrincipalName, or the application may not see it. */
export class NoSuchUserError extends DirectoryError {
  override readonly name = 'NoSuchUserError';
  /** As it was asked for. */
  readonly id: string;

  constructor(id: string, facts: Partial<ErrorFacts> = {}) {
    super('E_NO_SUCH_USER', `There is no user ${id}.`, {
      hint: 'Check the object id or the userPrincipalName; deleted users are not found.',
      ...facts,
    });
    this.id = id;
  }
}
