import { QueryError } from '../errors/query-error.ts';
import { isGuid } from '../guid.ts';
import { odataLiteral } from './odata.ts';

/**
 * Wider than what Entra documents for new names (letters, digits and `'.-_!#^~`), because older and synchronised
 * ones hold more; narrower than a path: nothing that could leave the segment or end it.
 */
const userPrincipalName = /^[^\s\p{C}@/\\?%*:|"<>]+@[^\s\p{C}@/\\?%*:|"<>#$']+$/u;
/** Entra documents 113 characters; the names of guests can be longer. */
const longestName = 320;
/** The part of an invalid ID that a message contains: enough to identify it. */
const longestShown = 80;

function shown(id: string): string {
  return JSON.stringify(id.length > longestShown ? `${id.slice(0, longestShown)}…` : id);
}

/**
 * The path segment of one user: an object id, or a userPrincipalName, of guests (`#EXT#`) too. Names that start
 * with `$` go into parentheses, because Graph takes `/users/$x` for an operation.
 * @param part where the user is given, for the error
 * @throws {QueryError} when it is neither; reserved words such as `me`, `delta` and `..` are neither
 */
export function userSegment(id: unknown, part = 'id'): string {
  if (typeof id !== 'string')
    throw new QueryError([
      {
        part,
        message: 'must be text',
        hint: 'Pass an object id (a GUID) or a name such as ada@contoso.com.',
      },
    ]);
  if (isGuid(id)) return `/${id}`;
  if (id.length > longestName || !userPrincipalName.test(id))
    throw new QueryError([
      {
        part,
        message: `${shown(id)} is neither an object id nor a userPrincipalName`,
        hint: 'Give an object id (a GUID) or a name such as ada@contoso.com.',
      },
    ]);
  return id.startsWith('$')
    ? `(${encodeURIComponent(odataLiteral(id))})`
    : `/${encodeURIComponent(id)}`;
}
