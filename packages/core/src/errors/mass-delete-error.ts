import { DirectoryError } from './directory-error.ts';

/** A delta round would delete so many users that an administrator should confirm it. Nothing of it was applied. */
export class MassDeleteError extends DirectoryError {
  override readonly name = 'MassDeleteError';
  /** The number of users that would be deleted. */
  readonly deleted: number;
  /** The number of users in the copy. */
  readonly users: number;

  constructor({ deleted, users }: { readonly deleted: number; readonly users: number }) {
    super('E_MASS_DELETE', `The round would delete ${deleted} of ${users} users.`, {
      hint: 'Count the users of the tenant. If the deletions are intended, apply the round again with allowMassDelete.',
      retryable: false,
    });
    this.deleted = deleted;
    this.users = users;
  }
}
