import { describe, expect, test } from 'vitest';
import { createTestGraph, origin } from '../testing/graph.ts';

describe('GET /users', () => {
  test('gives 100 users of 11 properties, and a link to more', async () => {
    const graph = createTestGraph({ users: 250 });
    const answer = await graph.get('users');
    const body = answer.json();
    expect(body['@odata.context']).toBe(`${origin}/v1.0/$metadata#users`);
    expect(body.value).toHaveLength(100);
    expect(Object.keys(body.value[0]!)).toEqual([
      'businessPhones',
      'displayName',
      'givenName',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
      'id',
    ]);
    expect(answer.headers['Content-Type']).toMatch(/^application\/json;odata\.metadata=minimal;/);
    expect(answer.headers['OData-Version']).toBe('4.0');
  });

  test('pages give every user once, and the last has no link', async () => {
    const graph = createTestGraph({ users: 2500 });
    const pages = await graph.pages('users?$top=999&$select=id');
    expect(pages.map((page) => page.value.length)).toEqual([999, 999, 502]);
    const ids = pages.flatMap((page) => page.value.map((user) => user['id']));
    expect(new Set(ids).size).toBe(2500);
    expect('@odata.nextLink' in pages.at(-1)!).toBe(false);
  });

  test('a full last page has no link, and no users is one empty page', async () => {
    expect(await createTestGraph({ users: 4 }).pages('users?$top=2')).toHaveLength(2);
    const none = await createTestGraph({ users: 0 }).get('users');
    expect(none.json().value).toEqual([]);
    expect('@odata.nextLink' in none.json()).toBe(false);
  });

  test('links are absolute, keep the options as written and carry an opaque token', async () => {
    const graph = createTestGraph();
    const link = (await graph.get('users?$top=5&$select=id,%20mail')).json()['@odata.nextLink']!;
    expect(link).toMatch(
      /^https:\/\/graph\.test:8443\/v1\.0\/users\?\$top=5&\$select=id,%20mail&\$skiptoken=RFNwdA[\w-]+$/,
    );
  });

  test('a token that is malformed, altered or of another query is refused', async () => {
    const graph = createTestGraph();
    const link = (await graph.get('users?$top=5')).json()['@odata.nextLink']!;
    const altered = link.slice(0, -3) + (link.endsWith('AAA') ? 'BBB' : 'AAA');
    const tokens = [
      altered,
      link.replace('$top=5', '$top=6'),
      'users?$skiptoken=RFNwdA',
      'users?$skiptoken=',
    ];
    for (const path of tokens) {
      const answer = await graph.get(path);
      expect([answer.status, answer.json().error.code]).toEqual([400, 'Request_BadRequest']);
    }
    expect((await graph.get(link)).status).toBe(200);
  });

  test.each([
    [
      '1000',
      'Request_UnsupportedQuery',
      "Invalid page size specified: '1000'. Must be between 1 and 999 inclusive.",
    ],
    [
      '0',
      'Request_UnsupportedQuery',
      "Invalid page size specified: '0'. Must be between 1 and 999 inclusive.",
    ],
    [
      '-1',
      'BadRequest',
      "Invalid value '-1' for $top query option found. The $top query option requires a non-negative integer value.",
    ],
  ])('$top=%s is refused', async (top, code, message) => {
    const answer = await createTestGraph().get(`users?$top=${top}`);
    expect(answer.status).toBe(400);
    expect(answer.json().error).toMatchObject({ code, message });
  });

  test('$select returns what was asked, null or [] where there is nothing, and says so in the context', async () => {
    const graph = createTestGraph({ users: 400 });
    const body = (await graph.get('users?$top=400&$select=id,mail,businessPhones')).json();
    expect(body['@odata.context']).toBe(`${origin}/v1.0/$metadata#users(id,mail,businessPhones)`);
    expect(Object.keys(body.value[0]!)).toEqual(['id', 'mail', 'businessPhones']);
    expect(body.value.some((user) => user['mail'] === null)).toBe(true);
    expect(body.value.some((user) => (user['businessPhones'] as unknown[]).length === 0)).toBe(
      true,
    );
  });

  test.each(['aboutMe', 'mailboxSettings', 'skills'])(
    'selecting %s on the collection is 501',
    async (name) => {
      const answer = await createTestGraph().get(`users?$select=id,${name}`);
      expect(answer.status).toBe(501);
      expect(answer.json().error).toMatchObject({
        code: 'NotImplemented',
        message: 'This operation target is not yet supported.',
      });
    },
  );

  test('an unknown property is refused', async () => {
    const answer = await createTestGraph().get('users?$select=shoeSize');
    expect(answer.status).toBe(400);
    expect(answer.json().error.message).toContain("Could not find a property named 'shoeSize'");
  });

  test('removed users are not listed, and a cursor survives changes', async () => {
    const graph = createTestGraph({ users: 30 });
    const first = (await graph.get('users?$top=10&$select=id')).json();
    graph.people.remove(3);
    graph.people.remove(10);
    const added = graph.people.create({});
    const rest = await graph.pages(first['@odata.nextLink']!);
    const ids = [first, ...rest].flatMap((page) => page.value.map((user) => user['id']));
    expect(ids).toHaveLength(30);
    expect(new Set(ids).size).toBe(30);
    expect(ids).not.toContain(graph.people.idOf(10));
    expect(ids).toContain(graph.people.idOf(added));
  });
});
