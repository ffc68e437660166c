import { DirectoryError } from './directory-error.ts';

/** A delta round would delete so many users that somebody should look first. Nothing of it was applied. */
export class MassDeleteError extends DirectoryError {
  override readonly name = 'MassDeleteError';
  /** How many users would be deleted. */
  readonly deleted: number;
  /** How many there are. */
  readonly users: number;

  constructor({ deleted, users }: { readonly deleted: number; readonly users: number }) {
    super('E_MASS_DELETE', `The round would delete ${deleted} of ${users} users.`, {
      hint: 'Count the users of the tenant; if so many are really gone, apply the round once more with allowMassDelete.',
      retryable: false,
    });
    this.deleted = deleted;
    this.users = users;
  }
}
