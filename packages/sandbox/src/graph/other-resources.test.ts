import { expect, test } from 'vitest';

import { createTestGraph } from './testing/graph.ts';

const denied = [
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation.',
];

test.each([
  'organization',
  'domains',
  'devices',
  'servicePrincipals',
  "applications('x')/owners",
  'AuditLogs/signIns?$top=5',
  'directoryRoles/x/members',
  'directory/administrativeUnits',
  'directory/deletedItems/microsoft.graph.group',
  'users/x@y.z/licenseDetails',
  'users/x@y.z/microsoft.graph.getMemberGroups',
  "users('x')/ownedObjects/$count",
])('%s without its permission is 403', async (path) => {
  const answer = await createTestGraph().get(path);
  expect(answer.status).toBe(403);
  expect([answer.json().error.code, answer.json().error.message]).toEqual(denied);
});

test.each(['users/x@y.z/messages', 'users/x@y.z/calendar/events', 'users/x@y.z/photo/$value'])(
  '%s is 403 in the words of Exchange',
  async (path) => {
    const answer = await createTestGraph().get(path);
    expect([answer.status, answer.json().error.code]).toEqual([403, 'ErrorAccessDenied']);
  },
);

test.each(['people', 'organisations', 'user', 'users/x@y.z/message', 'users/x@y.z/fans'])(
  '%s does not exist and is 400',
  async (path) => {
    const answer = await createTestGraph().get(path);
    expect([answer.status, answer.json().error.code]).toEqual([400, 'BadRequest']);
  },
);

test('an action on a user is 403 for an application that may only read', async () => {
  const answer = await createTestGraph().send('POST', 'users/x@y.z/revokeSignInSessions');
  expect([answer.status, answer.json().error.code]).toEqual([403, denied[0]]);
});
