import { QueryError } from '../errors/query-error.ts';
import { reasonsForAdvanced } from './advanced.ts';
import type { UserQuery } from './user-query.ts';

/** A property of the manager in `select`: `manager.displayName`, or with a slash. */
const managerPath = /^manager[./](?<path>.+)$/u;

/** The paths in `select` that lead to the manager, without their first name. */
export function managerPathsOf(select: readonly string[] = []): readonly string[] {
  return select.flatMap((name) => managerPath.exec(name)?.groups?.['path'] ?? []);
}

/**
 * Returns a query that expands the manager for the names in `select` that lead to it, such as `manager.displayName`.
 * Graph takes them in `$expand` only. An `expand` of the query is sent as it is.
 * @throws {QueryError} for the manager of the manager
 */
export function expandManager(query: UserQuery): UserQuery {
  const paths = managerPathsOf(query.select);
  if (paths.length === 0) return query;
  const heads = paths.map((path) => path.split(/[./]/u, 1)[0] ?? path);
  if (heads.includes('manager'))
    throw new QueryError([
      {
        part: 'select',
        message: 'leads to the manager of the manager',
        hint: 'Select properties of the direct manager, such as manager.displayName.',
      },
    ]);
  const others = (query.select ?? []).filter((name) => !managerPath.test(name));
  const select = others.length > 0 ? others : ['id'];
  if (query.expand !== undefined) return { ...query, select };
  // Advanced queries accept the manager with a number of levels only (Graph's reference of "List manager").
  const levels = reasonsForAdvanced({ ...query, select }).length > 0 ? '$levels=1;' : '';
  const properties = [...new Set(['id', ...heads])].join(',');
  return { ...query, select, expand: `manager(${levels}$select=${properties})` };
}
