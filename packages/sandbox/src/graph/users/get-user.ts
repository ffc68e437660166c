import type { User } from '../../directory/people.ts';
import type { Answer } from '../../http/handler.ts';
import { Utf8Text } from '../../directory/utf8-text.ts';
import { requireSignInActivity } from '../caller.ts';
import { badRequest, resourceNotFound } from '../graph-error.ts';
import { jsonType, successHeaders } from '../graph-headers.ts';
import type { Directory, GraphRequest } from '../graph-request.ts';
import { parseExpand } from '../query/expand.ts';
import { parseSelect, selectContext, type Selection } from '../query/select.ts';
import { createExpansionWriter } from './expansion-writer.ts';
import { findUser } from './find-user.ts';
import { createUserWriter } from './user-writer.ts';
import { versionRoot } from '../version-root.ts';

function entity(
  head: string,
  user: User,
  { properties, empty }: Selection,
  writeMore?: (user: User, out: Utf8Text) => void,
): Buffer {
  const body = new Utf8Text(1024);
  body.text(head);
  createUserWriter(properties)(user, body);
  const separator = properties.length === 0 ? '' : ',';
  body.text(empty.map((name, index) => `${index === 0 ? separator : ','}"${name}":null`).join(''));
  writeMore?.(user, body);
  body.text('}');
  return body.finish();
}

/** `GET /users/{id or userPrincipalName}` (section 3). */
export function getUser(directory: Directory, request: GraphRequest, key: string): Answer {
  const selection = parseSelect(request.options.$select, 'single');
  const { people } = directory;
  const user = findUser(people, key);
  const expand = parseExpand(
    request.options.$expand,
    request.eventual && request.options.$count === 'true',
  );
  const activity = selection.properties.includes('signInActivity');
  if (activity) requireSignInActivity(request.caller, directory.unsettled);
  if (activity && user.value('id') !== key.toLowerCase()) {
    throw badRequest('Get By Key only supports UserId and the key has to be a valid Guid');
  }
  const context = `${versionRoot(directory.origin(), request.call)}/$metadata#users${selectContext(selection)}/$entity`;
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: entity(
      `{"@odata.context":"${context}",`,
      user,
      selection,
      expand === undefined ? undefined : createExpansionWriter(directory, expand),
    ),
  };
}

/** `GET /directory/deletedItems/{id}`: a directory object that says its type. */
export function getDeletedUser(directory: Directory, request: GraphRequest, key: string): Answer {
  const user = directory.people.deleted().find((each) => each.value('id') === key.toLowerCase());
  if (user === undefined) throw resourceNotFound(key);
  return directoryObject(directory, request, user);
}

function directoryObject(directory: Directory, request: GraphRequest, user: User): Answer {
  const selection = parseSelect(request.options.$select, 'single');
  const context = `${versionRoot(directory.origin(), request.call)}/$metadata#directoryObjects/$entity`;
  const head = `{"@odata.context":"${context}","@odata.type":"#microsoft.graph.user",`;
  return {
    status: 200,
    headers: successHeaders(jsonType, request.resourceUnits),
    body: entity(head, user, selection),
  };
}

/** `GET /users/{id}/manager`: a directory object that says its type, or 404 without one (section 3). */
export function getManager(directory: Directory, request: GraphRequest, key: string): Answer {
  const manager = directory.people.managerOf(findUser(directory.people, key));
  if (manager === undefined) throw resourceNotFound('manager');
  return directoryObject(directory, request, manager);
}
