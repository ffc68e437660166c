import { DirectoryError } from './directory-error.ts';

/** One reason why the service would refuse the query, or answer another one. */
export interface QueryIssue {
  /** The part concerned: `filter`, `select`, `pageSize`, `id` … */
  readonly part: string;
  readonly message: string;
  readonly hint: string;
}

function sentence(issue: QueryIssue): string {
  return `${issue.part}: ${issue.message}`;
}

/** The query cannot be asked. Carries every reason found; thrown before anything is sent. */
export class QueryError extends DirectoryError {
  override readonly name = 'QueryError';
  readonly issues: readonly QueryIssue[];

  constructor(issues: readonly QueryIssue[]) {
    super('E_QUERY', `The query cannot be asked: ${issues.map(sentence).join('; ')}`, {
      hint: issues.map((issue) => issue.hint).join(' '),
    });
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
