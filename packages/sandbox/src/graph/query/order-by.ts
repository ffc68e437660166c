import type { UserPropertyName } from '../../directory/user-values.ts';
import type { Mode } from '../filter/filter-support.ts';
import type { Unsettled } from '../unsettled.ts';
import { badRequest, unsupportedQuery } from '../graph-error.ts';
import { spelled } from '../property-spelling.ts';

export interface OrderBy {
  readonly property: UserPropertyName;
  readonly descending: boolean;
}

/** 1.5: nothing else can be sorted by. */
const sortable: { readonly [name in UserPropertyName]?: Mode } = {
  displayName: 'default',
  userPrincipalName: 'default',
  createdDateTime: 'advanced',
  deletedDateTime: 'advanced',
};

/** @throws {GraphError} 400; the wording for what cannot be sorted by is UNVERIFIED */
export function parseOrderBy(
  text: string | undefined,
  advanced: boolean,
  { principalNameDescending }: Unsettled,
): OrderBy | undefined {
  if (text === undefined) return undefined;
  const match = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(text);
  if (match === null) throw badRequest(`Invalid order by clause: Syntax error in '${text}'.`);
  const property = spelled(match[1] ?? '') as UserPropertyName;
  const mode = sortable[property];
  if (mode === undefined)
    throw unsupportedQuery(`Unsupported sort property '${property}' for 'User'.`);
  if (mode === 'advanced' && !advanced) {
    throw unsupportedQuery('Sorting not supported for current query.');
  }
  const descending = match[2]?.toLowerCase() === 'desc';
  const isRefused = descending && property === 'userPrincipalName';
  if (isRefused && principalNameDescending === 'refused') {
    throw unsupportedQuery('Sorting not supported for current query.');
  }
  return { property, descending };
}
