import { describe, expect, test } from 'vitest';
import { readingRoles } from './caller.ts';
import { createTestGraph, reader } from './testing/graph.ts';

describe('who may ask', () => {
  test.each([
    ['empty', 'Access token is empty.'],
    ['expired', 'Lifetime validation failed, the token is expired.'],
    ['audience', 'Access token validation failure. Invalid audience.'],
    ['malformed', 'CompactToken parsing failed with error code: 80049217'],
    ['signature', 'Access token validation failure. Invalid signature.'],
  ] as const)('a token that is %s is 401 with its own message', async (reason, message) => {
    const graph = createTestGraph({ verdict: { valid: false, reason } });
    const answer = await graph.get('users');
    expect(answer.status).toBe(401);
    expect(answer.json().error).toMatchObject({ code: 'InvalidAuthenticationToken', message });
    expect(answer.headers['WWW-Authenticate']).toMatch(
      /^Bearer realm="", authorization_uri="https:/,
    );
  });

  test.each(readingRoles)('%s alone is enough', async (role) => {
    const graph = createTestGraph({ verdict: { ...reader, roles: [role] } });
    expect((await graph.get('users')).status).toBe(200);
  });

  test('without such a role it is 403', async () => {
    const graph = createTestGraph({ verdict: { ...reader, roles: ['Mail.Read'] } });
    for (const path of ['users', 'users/$count', 'users/x@contoso.com']) {
      const answer = await graph.get(path);
      expect(answer.status).toBe(403);
      expect(answer.json().error).toMatchObject({
        code: 'Authorization_RequestDenied',
        message: 'Insufficient privileges to complete the operation.',
      });
    }
  });
});

describe('every answer', () => {
  test('names the request, repeats the client’s name for it, and says its cost', async () => {
    const graph = createTestGraph();
    const mine = { 'client-request-id': '44444444-4444-4444-8444-444444444444' };
    const answer = await graph.get('users?$select=id', mine);
    expect(answer.headers).toMatchObject({
      'request-id': '33333333-3333-4333-8333-333333333333',
      'client-request-id': mine['client-request-id'],
      'x-ms-resource-unit': '1',
      'Cache-Control': 'no-cache',
      Vary: 'Accept-Encoding',
      'Strict-Transport-Security': 'max-age=31536000',
    });
    const diagnostic = JSON.parse(answer.headers['x-ms-ags-diagnostic'] as string) as object;
    expect(diagnostic).toHaveProperty('ServerInfo.RoleInstance');
    const failed = await graph.get('users?$top=1000', mine);
    expect(failed.headers['request-id']).toBe('33333333-3333-4333-8333-333333333333');
    expect(failed.json().error.innerError).toEqual({
      date: '2026-06-01T12:00:00',
      'request-id': '33333333-3333-4333-8333-333333333333',
      'client-request-id': mine['client-request-id'],
    });
  });

  test.each([
    ['users', '2'],
    ['users?$select=id', '1'],
    ['users?$top=5', '1'],
    ['users?$top=5&$select=id', '1'],
    ['users?$top=20', '2'],
  ])('%s costs %s', async (path, cost) => {
    const answer = await createTestGraph().get(path);
    expect(answer.headers['x-ms-resource-unit']).toBe(cost);
  });
});

describe('what Graph would not have', () => {
  test('another method is 405', async () => {
    const writer = createTestGraph({ roles: ['User.ReadWrite.All'] });
    const answer = await writer.send('POST', 'users');
    expect(answer.status).toBe(405);
    expect(answer.json().error).toMatchObject({
      code: 'Request_BadRequest',
      message: 'Specified HTTP method is not allowed for the request target.',
    });
  });

  test.each(['POST', 'PATCH', 'PUT', 'DELETE'])(
    'a %s with a permission to read only is 403',
    async (method) => {
      const graph = createTestGraph();
      for (const path of ['users', `users/${graph.people.idOf(1)}`]) {
        const answer = await graph.send(method, path);
        expect([answer.status, answer.json().error.code]).toEqual([
          403,
          'Authorization_RequestDenied',
        ]);
      }
    },
  );

  test.each(['users?$top=1000', 'users?$expand=cars', 'users/missing@x.y', 'people'])(
    '%s is refused with its cost',
    async (path) => {
      const answer = await createTestGraph().get(path);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(Number(answer.headers['x-ms-resource-unit'])).toBeGreaterThan(0);
    },
  );

  test.each([
    ['/v2.0/users', 'Invalid version: v2.0'],
    ['/users', 'Invalid version: users'],
    ['/', 'Invalid version: '],
    ['/v1.0/me', '/me request is only valid with delegated authentication flow.'],
    ['/v1.0/me/manager', '/me request is only valid with delegated authentication flow.'],
    ['/v1.0/people', "Resource not found for the segment 'people'."],
    ['/v1.0/users/x@y.z/cars', "Resource not found for the segment 'cars'."],
    ['users?$filtre=1', "The query parameter '$filtre' is not supported."],
    ['users?=1', "Unrecognized query argument specified: ''."],
    ['users?$top=%zz', 'The request URI is not valid.'],
    [
      'users?$top=1&$top=2',
      "Query option '$top' was specified more than once, but it must be specified at most once.",
    ],
  ])('%s is 400', async (path, message) => {
    const answer = await createTestGraph().get(path);
    expect(answer.status).toBe(400);
    expect(answer.json().error).toMatchObject({ code: 'BadRequest', message });
  });
});
