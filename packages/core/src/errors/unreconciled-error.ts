import { DirectoryError } from './directory-error.ts';

/** The numbers of a receipt that do not agree. */
export interface UnreconciledCounts {
  readonly users: number;
  readonly countAtStart: number | null;
  readonly countAtEnd: number | null;
}

function users(count: number): string {
  // Created here, because importing the library would load the tables of ICU otherwise: 15 ms.
  const counted = new Intl.NumberFormat('en-US');
  return `${counted.format(count)} ${count === 1 ? 'user' : 'users'}`;
}

/** Returns what Graph counted, in words. A count that it refused to return is not a number. */
function describeCounts({ countAtStart: start, countAtEnd: end }: UnreconciledCounts): string {
  if (start === null && end === null) return 'Graph returned no count to compare with';
  if (start === null)
    return `Graph counts ${users(end ?? 0)} at the end (it returned no count at the start)`;
  if (end === null)
    return `Graph counts ${users(start)} at the start (it returned no count at the end)`;
  return start === end
    ? `Graph counts ${users(end)}`
    : `Graph counts ${users(start)} at the start and ${users(end)} at the end`;
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

  constructor(counts: UnreconciledCounts) {
    const { countAtStart, countAtEnd } = counts;
    const isRefused = countAtStart === null && countAtEnd === null;
    const read = `${users(counts.users)} ${counts.users === 1 ? 'was' : 'were'} read`;
    super('E_UNRECONCILED', `Not verified: ${read}, and ${describeCounts(counts)}.`, {
      hint: isRefused
        ? { code: 'accept-uncounted' }
        : 'List again when fewer changes are made. If the numbers still differ, find out which users the application cannot see.',
      retryable: !isRefused,
    });
    this.users = counts.users;
    this.countAtStart = countAtStart;
    this.countAtEnd = countAtEnd;
  }
}
