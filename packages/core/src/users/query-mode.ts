import { BadRequestError } from '../errors/bad-request-error.ts';
import type { Log } from '../events.ts';
import { requiresAdvancedQuery } from '../graph/graph-error.ts';
import { reasonsForAdvanced } from '../query/advanced.ts';
import { queryIssues } from '../query/query-rules.ts';
import type { UserQuery } from '../query/user-query.ts';

/** Whether the requests of one call are advanced queries although nothing that is known requires it. */
export interface QueryMode {
  /** Returns a query of the call in the present mode. */
  apply(query: UserQuery): UserQuery;
  /**
   * Sends a request in the present mode, and repeats it as an advanced query when Graph rejects it because it has to be
   * one. Extensions and new properties have rules that are not known here.
   */
  send<Result>(query: UserQuery, send: (query: UserQuery) => Promise<Result>): Promise<Result>;
  /** Changes to advanced queries after a page link expired, if the query has a filter and allows it. */
  avoidExpiry(query: UserQuery): void;
}

function isRejectedForMode(error: unknown): boolean {
  return (
    error instanceof BadRequestError &&
    error.status === 400 &&
    requiresAdvancedQuery(error.explanation)
  );
}

/** Creates the mode of one call. */
export function createQueryMode(log: Log): QueryMode {
  let isAdvanced = false;
  const apply = (query: UserQuery): UserQuery =>
    isAdvanced ? { ...query, advanced: true } : query;

  function change(reason: 'required' | 'page-link-expired'): void {
    if (!isAdvanced) log('advanced-query-used', { reason });
    isAdvanced = true;
  }

  return {
    apply,
    async send(query, send) {
      const sent = apply(query);
      try {
        return await send(sent);
      } catch (error) {
        if (reasonsForAdvanced(sent).length > 0 || !isRejectedForMode(error)) throw error;
        change('required');
        return send(apply(query));
      }
    },
    avoidExpiry(query) {
      // The links of filtered lists in default mode lead to state that the server keeps for a short time.
      const isFiltered = query.filter !== undefined && reasonsForAdvanced(query).length === 0;
      if (isFiltered && queryIssues({ ...query, advanced: true }).length === 0)
        change('page-link-expired');
    },
  };
}
