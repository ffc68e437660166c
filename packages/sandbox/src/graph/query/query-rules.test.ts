import { describe, expect, test } from 'vitest';
import { createTestGraph, origin } from '../testing/graph.ts';
import { searchTokens } from './search.ts';

const eventual = { consistencylevel: 'eventual' };

describe('$search', () => {
  test('splits on blanks, digits, symbols and from lower to upper case', () => {
    expect(searchTokens("OneDrive4Business o'brien  Zoë")).toEqual([
      'one',
      'drive',
      'business',
      'o',
      'brien',
      'zoë',
    ]);
  });

  test('needs the header alone, and the error names it', async () => {
    const graph = createTestGraph();
    const path = 'users?$search="displayName:ada"';
    const bare = await graph.get(path);
    expect(bare.status).toBe(400);
    expect(bare.json().error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message:
        "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    });
    expect((await graph.get(path, eventual)).status).toBe(200);
  });

  test('finds tokens of displayName, beginnings of anything else, and joins clauses', async () => {
    const graph = createTestGraph({ users: 2000 });
    const names = async (search: string): Promise<readonly string[]> => {
      const path = `users?$top=999&$select=displayName&$search=${encodeURIComponent(search)}`;
      const pages = await graph.pages(path, eventual);
      return pages.flatMap((page) => page.value.map((user) => user['displayName'] as string));
    };
    const love = await names('"displayName:love"');
    expect(love.length).toBeGreaterThan(0);
    expect(love.every((name) => / lovelace/i.test(name))).toBe(true);
    const ada = await names('"displayName:love" AND "displayName:ada"');
    expect(ada.every((name) => /^ada lovelace/i.test(name))).toBe(true);
    const either = await names('"displayName:love" OR "givenName:gra"');
    expect(either.length).toBeGreaterThan(love.length);
    expect(await names('"surname:ovelace"')).toEqual([]);
    expect(await names('"displayName:no such person"')).toEqual([]);
  });

  test('is ANDed with $filter', async () => {
    const graph = createTestGraph({ users: 2000 });
    const path =
      'users?$select=displayName,accountEnabled&$filter=accountEnabled eq false&$search="displayName:love"&$count=true';
    const body = (await graph.get(path, eventual)).json();
    expect(body.value.length).toBeGreaterThan(0);
    expect(body['@odata.count']).toBe(body.value.length);
    expect(body.value.every((user) => user['accountEnabled'] === false)).toBe(true);
  });

  test('an escaped & fails unless the old search is declined', async () => {
    const graph = createTestGraph();
    const path = 'users?$search="displayName:a%26b"';
    const refused = await graph.get(path, eventual);
    expect(refused.json().error.message).toBe("Unrecognized query argument specified: ''.");
    const preferring = await graph.get(path, { ...eventual, prefer: 'legacySearch=false' });
    expect(preferring.status).toBe(200);
  });

  test.each([
    'displayName:ada',
    '"displayName:ada',
    '"ada"',
    '"displayName:a" and "mail:b"',
    '("mail:a"',
  ])('%s is refused', async (search) => {
    const answer = await createTestGraph().get(
      `users?$search=${encodeURIComponent(search)}`,
      eventual,
    );
    expect(answer.status).toBe(400);
  });
});

function compareUpperCase(a: string, b: string): number {
  const [x, y] = [a.toUpperCase(), b.toUpperCase()];
  return Number(x > y) - Number(x < y);
}

describe('$orderby', () => {
  test.each(['displayName', 'userPrincipalName desc'])(
    '%s sorts in default mode, over pages',
    async (order) => {
      const graph = createTestGraph({ users: 300 });
      const pages = await graph.pages(
        `users?$top=70&$select=displayName,userPrincipalName&$orderby=${order}`,
      );
      const [name, direction] = order.split(' ');
      const values = pages.flatMap((page) => page.value.map((user) => user[name!] as string));
      const collator = new Intl.Collator('en-US');
      // Names are sorted in the order in which ranges of names compare them by default.
      const sorted = values.toSorted((a, b) =>
        name === 'userPrincipalName' ? compareUpperCase(a, b) : collator.compare(a, b),
      );
      expect(values).toEqual(direction === 'desc' ? sorted.toReversed() : sorted);
      expect(values).toHaveLength(300);
    },
  );

  test('createdDateTime needs an advanced query, and nothing else can be sorted by', async () => {
    const graph = createTestGraph({ users: 100 });
    const bare = await graph.get('users?$orderby=createdDateTime');
    expect(bare.json().error.message).toBe('Sorting not supported for current query.');
    const answer = await graph.get(
      'users?$orderby=createdDateTime&$count=true&$select=createdDateTime',
      eventual,
    );
    const values = answer
      .json()
      .value.map((user) => (user['createdDateTime'] as string | null) ?? '');
    expect(values).toEqual(values.toSorted());
    const other = await graph.get('users?$orderby=jobTitle&$count=true', eventual);
    expect(other.json().error).toMatchObject({ code: 'Request_UnsupportedQuery' });
  });

  test('goes with $filter in an advanced query only', async () => {
    const graph = createTestGraph({ users: 100 });
    const path = "users?$filter=userType eq 'Member'&$orderby=displayName";
    const bare = await graph.get(path);
    expect(bare.json().error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message: 'Sorting not supported for current query.',
    });
    expect((await graph.get(`${path}&$count=true`, eventual)).status).toBe(200);
  });
});

describe('$expand', () => {
  test('manager is one object with its type, absent where there is none, and costs one unit more', async () => {
    const graph = createTestGraph({ users: 60 });
    const answer = await graph.get('users?$select=id&$expand=manager');
    const people = answer.json().value as readonly {
      id: string;
      manager?: Record<string, unknown>;
    }[];
    const managed = people.filter(({ manager }) => manager !== undefined);
    expect(managed.length).toBeGreaterThan(0);
    expect(managed.length).toBeLessThan(60);
    for (const { id, manager } of managed) {
      const real = graph.people.managerOf(graph.people.byId(id)!)!;
      expect(manager).toMatchObject({
        '@odata.type': '#microsoft.graph.user',
        id: real.value('id'),
      });
    }
    expect(answer.headers['x-ms-resource-unit']).toBe('2');
  });

  test('$levels=max walks up the chain, in an advanced query only', async () => {
    const graph = createTestGraph({ users: 600 });
    const path =
      'users?$top=999&$select=id&$expand=manager($levels=max;$select=id,displayName)&$count=true';
    expect((await graph.get(path)).status).toBe(400);
    const body = (await graph.get(path, eventual)).json();
    const depths = body.value.map((user) => JSON.stringify(user).split('"manager"').length - 1);
    expect(Math.max(...depths)).toBeGreaterThan(1);
    expect(JSON.stringify(body.value)).not.toContain('jobTitle');
  });

  test('does not go with other advanced queries, and knows no other relation', async () => {
    const graph = createTestGraph();
    expect((await graph.get('users?$expand=manager&$count=true', eventual)).status).toBe(400);
    expect((await graph.get('users?$expand=ownedDevices')).status).toBe(400);
  });
});

test('$skip is not supported', async () => {
  const answer = await createTestGraph().get('users?$skip=5');
  expect(answer.status).toBe(400);
});

test('a $select of one property leaves the others out, also in the context', async () => {
  const body = (await createTestGraph().get('users?$top=1&$select=displayName')).json();
  expect(Object.keys(body.value[0]!)).toEqual(['displayName']);
  expect(body['@odata.context']).toBe(`${origin}/v1.0/$metadata#users(displayName)`);
});
