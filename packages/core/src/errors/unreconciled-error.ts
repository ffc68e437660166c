import { DirectoryError } from './directory-error.ts';

/** The numbers of a receipt that do not agree. */
export interface UnreconciledCounts {
  readonly users: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;
}

/** Every page came and passed, but the tenant's own count does not confirm the list, and that was asked for. */
export class UnreconciledError extends DirectoryError {
  override readonly name = 'UnreconciledError';
  readonly users: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;

  constructor({ users, countAtStart, countAtEnd }: UnreconciledCounts) {
    super(
      'E_UNRECONCILED',
      `${users} users came, and the tenant counted ${countAtStart ?? 'nothing'} before and ${countAtEnd ?? 'nothing'} after.`,
      {
        hint: 'List again when fewer changes are being made; if the numbers stay apart, ask what this application may not see.',
        retryable: true,
      },
    );
    this.users = users;
    this.countAtStart = countAtStart;
    this.countAtEnd = countAtEnd;
  }
}
