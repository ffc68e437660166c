import type { UserQuery } from './user-query.ts';

/** Why a query needs Graph's other index, in words for `explain`; empty when it does not. */
export function reasonsForAdvanced(query: UserQuery): readonly string[] {
  const filter = query.filter === undefined ? '' : withoutLiterals(query.filter);
  const orderBy = query.orderBy ?? [];
  return [
    [query.search !== undefined, '$search'],
    [/\bne\b/i.test(filter), 'the operator ne'],
    [/\bnot\b/i.test(filter), 'the operator not'],
    [/\bendswith\s*\(/i.test(filter), 'the function endsWith'],
    [/\/\$count\b/i.test(filter), 'counting in the filter'],
    [filter !== '' && orderBy.length > 0, '$filter together with $orderby'],
    [
      orderBy.some((order) => /^\s*(createdDateTime|deletedDateTime)\b/.test(order)),
      'sorting by a date',
    ],
    [/\$levels/i.test(query.expand ?? ''), '$expand with $levels'],
  ].flatMap(([needed, why]) => (needed === true ? [String(why)] : []));
}

/** A filter with its string literals emptied, so that words in values are not taken for operators. */
function withoutLiterals(filter: string): string {
  return filter.replaceAll(/'(?:[^']|'')*'/g, "''");
}
