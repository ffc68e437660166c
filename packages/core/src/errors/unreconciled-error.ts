import { DirectoryError } from './directory-error.ts';

/** The numbers of a receipt that do not agree. */
export interface UnreconciledCounts {
  readonly users: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;
}

/**
 * Every page passed its checks, but the tenant's own `$count` does not confirm the number of users, and the caller
 * requires it.
 */
export class UnreconciledError extends DirectoryError {
  override readonly name = 'UnreconciledError';
  readonly users: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;

  constructor({ users, countAtStart, countAtEnd }: UnreconciledCounts) {
    const counts =
      countAtStart === null && countAtEnd === null
        ? 'Graph returned no $count'
        : `Graph counts ${countAtStart ?? 'no'} users at the start and ${countAtEnd ?? 'no'} users at the end`;
    super('E_UNRECONCILED', `Not verified: ${users} users were read, and ${counts}.`, {
      hint: 'List again when fewer changes are made. If the numbers still differ, find out which users the application cannot see.',
      retryable: true,
    });
    this.users = users;
    this.countAtStart = countAtStart;
    this.countAtEnd = countAtEnd;
  }
}
