import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';

/** One reason why the service would reject the query, or would answer another one. */
export interface QueryIssue {
  /** The part concerned: `filter`, `select`, `pageSize`, `id` … */
  readonly part: string;
  readonly message: string;
  /** What to do, for users of the library. */
  readonly hint: string;
  /** The same as a code, where front ends word it differently. */
  readonly remedy?: Remedy | undefined;
}

function sentence({ part, message }: QueryIssue): string {
  return `${part}: ${message}`;
}

/** The query is invalid. Carries every problem that was found; thrown before anything is sent. */
export class QueryError extends DirectoryError {
  override readonly name = 'QueryError';
  readonly issues: readonly QueryIssue[];

  constructor(issues: readonly QueryIssue[], cause?: unknown) {
    const [only, ...others] = issues;
    super('E_QUERY', `Invalid query: ${issues.map(sentence).join('; ')}`, {
      hint:
        others.length === 0 && only?.remedy !== undefined
          ? only.remedy
          : issues.map(({ hint }) => hint).join(' '),
      cause,
    });
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
