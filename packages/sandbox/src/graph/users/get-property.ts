import { isCollection } from '../../directory/property-types.ts';
import type { UserValue } from '../../directory/user-values.ts';
import type { Answer } from '../../http/handler.ts';
import { requireSignInActivity } from '../caller.ts';
import { badRequest } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import type { Route } from '../route.ts';
import { versionRoot } from '../version-root.ts';
import { findUser } from './find-user.ts';

/**
 * `GET /users/{id}/displayName`: one property, and with `/$value` its text. A property without a value is 204.
 * @throws {GraphError} 404 for an unknown user, 400 for the text of an object or a list
 */
export function getProperty(
  directory: Directory,
  { call, caller, resourceUnits }: GraphRequest,
  { key, name, isRaw }: Extract<Route, { readonly to: 'property' }>,
): Answer {
  const user = findUser(directory.people, key);
  if (name === 'signInActivity') requireSignInActivity(caller, directory.unsettled);
  const value = user.value(name);
  if (value === null) {
    return { status: 204, headers: { 'x-ms-resource-unit': String(resourceUnits) } };
  }
  if (isRaw) {
    if (typeof value === 'object') {
      throw badRequest('$value can only be applied to a primitive property.');
    }
    const headers = successHeaders('text/plain', resourceUnits);
    return { status: 200, headers, body: `${value}` };
  }
  const set = `users('${encodeURIComponent(user.value('id') as string)}')/${name}`;
  const context = `${versionRoot(directory.origin(), call)}/$metadata#${set}`;
  return {
    status: 200,
    headers: successHeaders(jsonType, resourceUnits),
    body: JSON.stringify(
      isCollection(name) || typeof value !== 'object'
        ? { '@odata.context': context, value }
        : { '@odata.context': context, ...(value as Readonly<Record<string, UserValue>>) },
    ),
  };
}
