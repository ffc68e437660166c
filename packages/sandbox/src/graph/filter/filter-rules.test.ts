import { describe, expect, test } from 'vitest';
import { createTestGraph, type TestGraph, type TestGraphOptions } from '../testing/graph.ts';
import type { User } from '../../directory/people.ts';
import { filterSupport, type FilterSupport } from './filter-support.ts';

const eventual = { consistencylevel: 'eventual' };

interface Outcome {
  readonly status: number;
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Slots of who came, over all pages. */
  readonly slots: readonly number[];
}

async function filter(
  graph: TestGraph,
  text: string,
  mode: 'default' | 'advanced' = 'default',
): Promise<Outcome> {
  const query = `users?$top=999&$select=id&$filter=${encodeURIComponent(text)}`;
  const path = mode === 'advanced' ? `${query}&$count=true` : query;
  const headers = mode === 'advanced' ? eventual : {};
  const answer = await graph.get(path, headers);
  if (answer.status !== 200) {
    return { status: answer.status, ...answer.json().error, slots: [] };
  }
  const pages = await graph.pages(path, headers);
  const slots = pages.flatMap((page) =>
    page.value.map((user) => graph.people.byId(user['id'] as string)!.slot),
  );
  return { status: 200, code: undefined, message: undefined, slots };
}

function expected(graph: TestGraph, fits: (user: User) => boolean): readonly number[] {
  return Array.from({ length: graph.people.slots }, (_, slot) => slot).filter((slot) => {
    const user = graph.people.at(slot);
    return user !== undefined && fits(user);
  });
}

function lower(user: User, name: Parameters<User['value']>[0]): string {
  const value = user.value(name);
  return typeof value === 'string' ? value.toLowerCase() : '';
}

function graphOf(options: TestGraphOptions = {}): TestGraph {
  return createTestGraph({ users: 3000, ...options });
}

const unsupported = (property: string) =>
  `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`;

describe('what a filter finds', () => {
  test.each([
    [
      "displayName eq 'ada lovelace'",
      'default',
      (user: User) => lower(user, 'displayName') === 'ada lovelace',
    ],
    [
      "startswith(userPrincipalName,'A')",
      'default',
      (user: User) => lower(user, 'userPrincipalName').startsWith('a'),
    ],
    [
      "surname in ('Turing', 'O''Brien')",
      'default',
      (user: User) => ['turing', "o'brien"].includes(lower(user, 'surname')),
    ],
    ['accountEnabled eq false', 'default', (user: User) => user.value('accountEnabled') === false],
    [
      "userType eq 'Guest' or department eq 'HR'",
      'default',
      (user: User) => user.value('userType') === 'Guest' || user.value('department') === 'HR',
    ],
    [
      "(userType eq 'Guest' or department eq 'HR') and accountEnabled eq true",
      'default',
      (user: User) =>
        (user.value('userType') === 'Guest' || user.value('department') === 'HR') &&
        user.value('accountEnabled') === true,
    ],
    [
      'createdDateTime ge 2024-01-01T00:00:00Z',
      'default',
      (user: User) => Date.parse(user.value('createdDateTime') as string) >= Date.UTC(2024, 0, 1),
    ],
    ['createdDateTime eq null', 'advanced', (user: User) => user.value('createdDateTime') === null],
    ["department ne 'HR'", 'advanced', (user: User) => user.value('department') !== 'HR'],
    [
      "not(startsWith(displayName,'A'))",
      'advanced',
      (user: User) => !lower(user, 'displayName').startsWith('a'),
    ],
    [
      "endsWith(mail,'@FABRIKAM.com')",
      'advanced',
      (user: User) => lower(user, 'mail').endsWith('@fabrikam.com'),
    ],
    [
      "businessPhones/any(p:startsWith(p,'+1 206'))",
      'advanced',
      (user: User) =>
        (user.value('businessPhones') as string[]).some((phone) => phone.startsWith('+1 206')),
    ],
    [
      'assignedLicenses/any(a:a/skuId eq 6fd2c87f-b296-42f0-b197-1e91e994b900)',
      'default',
      (user: User) =>
        (user.value('assignedLicenses') as { skuId: string }[]).some(({ skuId }) =>
          skuId.startsWith('6fd2c87f-'),
        ),
    ],
    [
      'assignedLicenses/$count eq 0',
      'advanced',
      (user: User) => (user.value('assignedLicenses') as unknown[]).length === 0,
    ],
    [
      "assignedPlans/any(p:p/service eq 'exchange')",
      'advanced',
      (user: User) => (user.value('assignedPlans') as unknown[]).length > 0,
    ],
    [
      "onPremisesExtensionAttributes/extensionAttribute1 eq 'CC-7'",
      'advanced',
      (user: User) =>
        (user.value('onPremisesExtensionAttributes') as Record<string, unknown>)[
          'extensionAttribute1'
        ] === 'CC-7',
    ],
    [
      "proxyAddresses/any(p:endsWith(p,'fabrikam.com'))",
      'advanced',
      (user: User) =>
        (user.value('proxyAddresses') as string[]).some((address) =>
          address.endsWith('fabrikam.com'),
        ),
    ],
  ] as const)('%s in %s mode finds the users it should', async (text, mode, fits) => {
    const graph = graphOf();
    const outcome = await filter(graph, text, mode);
    const wanted = expected(graph, fits);
    expect(outcome).toMatchObject({ status: 200, slots: wanted });
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(3000);
  });

  test('/users/$count takes the same filters', async () => {
    const graph = graphOf();
    const answer = await graph.get("users/$count?$filter=department ne 'HR'", eventual);
    expect(answer.text).toBe(
      String(expected(graph, (user) => user.value('department') !== 'HR').length),
    );
  });

  test('pages of a filtered list give every match once', async () => {
    const graph = graphOf();
    const pages = await graph.pages("users?$top=7&$select=id&$filter=department eq 'HR'");
    const ids = pages.flatMap((page) => page.value.map((user) => user['id']));
    expect(pages.length).toBeGreaterThan(10);
    expect(ids).toEqual(
      expected(graph, (user) => user.value('department') === 'HR').map((slot) =>
        graph.people.idOf(slot),
      ),
    );
  });
});

/** A second copy of table 1.3 of the facts: the table in the source must not test itself. */
const stated = {
  'eq default':
    'accountEnabled ageGroup assignedLicenses city country createdDateTime creationType department displayName employeeId externalUserState id imAddresses isResourceAccount otherMails proxyAddresses givenName surname jobTitle mail mailNickname usageLocation onPremisesImmutableId onPremisesSecurityIdentifier onPremisesSyncEnabled state userPrincipalName userType',
  'eq advanced':
    'assignedPlans authorizationInfo businessPhones companyName employeeHireDate employeeOrgData employeeType onPremisesDistinguishedName showInAddressList onPremisesExtensionAttributes onPremisesSamAccountName mobilePhone officeLocation postalCode streetAddress faxNumber preferredLanguage',
  'eq default-only': 'identities',
  'startsWith default':
    'city country department displayName imAddresses otherMails proxyAddresses givenName surname jobTitle mail mailNickname usageLocation userPrincipalName',
  'startsWith advanced':
    'assignedPlans authorizationInfo businessPhones companyName onPremisesDistinguishedName onPremisesExtensionAttributes onPremisesSamAccountName mobilePhone officeLocation postalCode streetAddress faxNumber',
  'endsWith advanced': 'mail otherMails userPrincipalName proxyAddresses',
  'range default': 'createdDateTime onPremisesLastSyncDateTime signInActivity',
  'range advanced': 'employeeHireDate',
  'null advanced':
    'companyName city country createdDateTime department displayName employeeId givenName surname jobTitle mail mailNickname usageLocation onPremisesExtensionAttributes onPremisesSecurityIdentifier onPremisesSyncEnabled passwordPolicies mobilePhone officeLocation postalCode streetAddress faxNumber preferredLanguage state userType',
  'null default-only': 'identities',
};

describe('what needs an advanced query', () => {
  test.each(Object.entries(stated))(
    '%s works on the properties of table 1.3 and no others',
    (column, names) => {
      const [operator, mode] = column.split(' ');
      const found = Object.entries(filterSupport as Record<string, FilterSupport>)
        .filter(([, row]) => row[operator as 'eq'] === mode)
        .map(([name]) => name);
      expect(found.toSorted()).toEqual(names.split(' ').toSorted());
    },
  );

  test.each([
    ["department ne 'HR'", "Filter operator 'NotEqualsMatch' is not supported."],
    [
      "endsWith(mail,'x')",
      "Operator 'endsWith' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information",
    ],
    ["not(department eq 'HR')", "Filter operator 'Not' is not supported."],
    ['mail eq null', unsupported('mail')],
    ['assignedLicenses/$count eq 0', unsupported('assignedLicenses')],
    ["companyName eq 'x'", unsupported('companyName')],
    ["businessPhones/any(p:p eq 'x')", unsupported('businessPhones')],
    ['employeeHireDate ge 2024-01-01T00:00:00Z', unsupported('employeeHireDate')],
  ])('%s is refused without header and $count, and answered with both', async (text, message) => {
    const graph = graphOf();
    expect(await filter(graph, text)).toMatchObject({
      status: 400,
      code: 'Request_UnsupportedQuery',
      message,
    });
    expect((await filter(graph, text, 'advanced')).status).toBe(200);
    const headerOnly = await graph.get(`users?$filter=${encodeURIComponent(text)}`, eventual);
    const countOnly = await graph.get(`users?$count=true&$filter=${encodeURIComponent(text)}`);
    expect([headerOnly.status, countOnly.status]).toEqual([400, 400]);
  });

  test('every property obeys the support table in both modes', async () => {
    const graph = createTestGraph({ users: 5 });
    const value = {
      string: "'x'",
      boolean: 'true',
      dateTime: '2024-01-01T00:00:00Z',
      guid: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    };
    const members = {
      authorizationInfo: '/certificateUserIds',
      employeeOrgData: '/costCenter',
      onPremisesExtensionAttributes: '/extensionAttribute1',
      signInActivity: '/lastSignInDateTime',
    };
    for (const [name, row] of Object.entries(filterSupport) as [string, FilterSupport][]) {
      const path = name + (members[name as keyof typeof members] ?? '');
      const inner = row.item === '' || row.item === undefined ? 'i' : `i/${row.item}`;
      const text =
        row.item === undefined
          ? `${path} eq ${value[row.type]}`
          : `${path}/any(i:${inner} eq ${value[row.type]})`;
      const statuses = [
        (await filter(graph, text)).status,
        (await filter(graph, text, 'advanced')).status,
      ];
      const wanted = {
        none: [400, 400],
        default: [200, 200],
        advanced: [400, 200],
        'default-only': [200, 400],
      }[row.eq ?? 'none'];
      expect({ name, statuses }).toEqual({ name, statuses: wanted });
    }
  });

  test('$count=true without the header is silently ignored', async () => {
    const graph = createTestGraph({ users: 5 });
    const bare = await graph.get('users?$count=true');
    expect(bare.status).toBe(200);
    expect('@odata.count' in bare.json()).toBe(false);
    const full = await graph.get('users?$count=true&$top=2', eventual);
    expect(full.json()['@odata.count']).toBe(5);
    const second = await graph.get(full.json()['@odata.nextLink']!, eventual);
    expect(second.status).toBe(200);
    expect('@odata.count' in second.json()).toBe(false);
  });

  test('the header is not inherited: a page of an advanced query without it is refused', async () => {
    const graph = graphOf();
    const first = await graph.get("users?$top=2&$count=true&$filter=department ne 'HR'", eventual);
    const link = first.json()['@odata.nextLink']!;
    expect((await graph.get(link)).status).toBe(400);
    expect((await graph.get(link, eventual)).status).toBe(200);
  });
});

describe('what no filter may', () => {
  test.each([
    ["contains(displayName,'a')", "Unsupported property filter clause operator 'Contains'."],
    ["startsWith(id,'a')", "The 'id' property can only be used with eq filter"],
    ["id ge 'a'", unsupported('id')],
    ["displayName gt 'a'", unsupported('displayName')],
    ["postalCode ge 'a'", unsupported('postalCode')],
    ["securityIdentifier eq 'a'", unsupported('securityIdentifier')],
    ["proxyAddresses/all(p:p eq 'x')", unsupported('proxyAddresses')],
  ])('%s is refused in both modes', async (text, message) => {
    const graph = createTestGraph({ users: 5 });
    for (const mode of ['default', 'advanced'] as const) {
      expect(await filter(graph, text, mode)).toMatchObject({
        status: 400,
        code: 'Request_UnsupportedQuery',
        message,
      });
    }
  });

  test.each([
    [
      "shoeSize eq 'a'",
      "Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    ],
    [
      "accountEnabled eq 'true'",
      "Invalid filter clause: A binary operator with incompatible types was detected. Found operand types 'Edm.Boolean' and 'Edm.String' for operator kind 'Equal'.",
    ],
    [
      "displayName/any(p:p eq 'a')",
      'Invalid filter clause: Any/All may only be used following a collection.',
    ],
    [
      "proxyAddresses eq 'a'",
      "Invalid filter clause: The property 'proxyAddresses' is not a single primitive value.",
    ],
  ])('%s is a malformed request', async (text, message) => {
    expect(await filter(createTestGraph({ users: 5 }), text)).toMatchObject({
      status: 400,
      code: 'BadRequest',
      message,
    });
  });

  test('the code of an unknown property can be chosen', async () => {
    const graph = createTestGraph({
      unsettled: { unknownPropertyCode: 'Request_UnsupportedQuery' },
    });
    expect(await filter(graph, 'x eq 1')).toMatchObject({ code: 'Request_UnsupportedQuery' });
  });

  test('other ranges, ranges in advanced mode and older words can be chosen', async () => {
    const range = "userPrincipalName ge 'b'";
    const lenient = createTestGraph({
      unsettled: {
        otherStringRanges: 'accepted',
        principalNameRangeAdvanced: 'accepted',
        unindexedText: '2021',
      },
    });
    expect((await filter(lenient, "displayName ge 'm'")).slots.length).toBeGreaterThan(0);
    expect((await filter(lenient, range, 'advanced')).slots.length).toBeGreaterThan(0);
    expect(await filter(lenient, "id ge 'a'")).toMatchObject({
      message: 'The request uses a filter property that is not indexed',
    });
    const ignoring = createTestGraph({ unsettled: { principalNameRangeAdvanced: 'ignored' } });
    expect((await filter(ignoring, range, 'advanced')).slots).toHaveLength(25);
  });

  test('signInActivity goes with no other property, and needs its own role', async () => {
    const text = 'signInActivity/lastSignInDateTime le 2025-10-01T00:00:00Z';
    const graph = createTestGraph({ users: 1000 });
    expect(await filter(graph, text)).toMatchObject({
      status: 403,
      code: 'Authentication_MSGraphPermissionMissing',
    });
    const auditor = createTestGraph({ users: 1000, roles: ['User.Read.All', 'AuditLog.Read.All'] });
    const found = (await filter(auditor, text)).slots.length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(1000);
    expect((await filter(auditor, `${text} and accountEnabled eq true`)).status).toBe(400);
  });

  test('a page with signInActivity is cut to 500 without an error', async () => {
    const graph = createTestGraph({ users: 1200, roles: ['User.Read.All', 'AuditLog.Read.All'] });
    const pages = await graph.pages('users?$top=999&$select=id,signInActivity');
    expect(pages.map((page) => page.value.length)).toEqual([500, 500, 200]);
  });
});

const clauses = (count: number) =>
  Array.from({ length: count }, (_, n) => `surname eq 'n${n}'`).join(' or ');
const values = (count: number) =>
  `surname in (${Array.from({ length: count }, (_, n) => `'n${n}'`).join(',')})`;

const eq = (length: number) => `displayName eq '${'x'.repeat(length)}'`;
const starts = (length: number) => `startswith(displayName,'${'x'.repeat(length)}')`;

describe('limits of a filter', () => {
  test('15 alternatives of or in both modes, and of in in default mode', async () => {
    const graph = createTestGraph({ users: 5 });
    for (const text of [clauses, values]) {
      expect((await filter(graph, text(15))).status).toBe(200);
      expect(await filter(graph, text(16))).toMatchObject({
        status: 400,
        code: 'Request_UnsupportedQuery',
        message:
          "Too many child clauses specified in search filter expression containing 'OR' operators: 16. Max allowed: 15.",
      });
    }
    expect((await filter(graph, clauses(16), 'advanced')).status).toBe(400);
    expect((await filter(graph, values(16), 'advanced')).status).toBe(200);
  });

  test('120 characters of a value in default mode, 2,048 of a URL in advanced mode', async () => {
    const graph = createTestGraph({ users: 5 });
    for (const text of [eq, starts]) {
      expect((await filter(graph, text(120))).status).toBe(200);
      expect(await filter(graph, text(121))).toMatchObject({
        status: 400,
        message: unsupported('displayName'),
      });
      expect((await filter(graph, text(121), 'advanced')).status).toBe(200);
      expect((await filter(graph, text(2048), 'advanced')).status).toBe(400);
    }
  });
});

describe('userPrincipalName ge/le', () => {
  const range = "userPrincipalName ge 'b' and userPrincipalName le 'm'";

  test('is accepted in default mode unless chosen otherwise', async () => {
    const graph = graphOf();
    const { slots } = await filter(graph, range);
    expect(slots).toEqual(
      expected(graph, (user) => {
        const upn = (user.value('userPrincipalName') as string).toUpperCase();
        return upn >= 'B' && upn <= 'M';
      }),
    );
    expect((await filter(graph, range, 'advanced')).status).toBe(400);
  });

  test('both ends belong to the range', async () => {
    const graph = createTestGraph();
    const { text } = await graph.get('users?$select=userPrincipalName,createdDateTime&$top=999');
    const { value } = JSON.parse(text) as { value: readonly Record<string, string | null>[] };
    const slot = value.findIndex((user) => user['createdDateTime'] !== null);
    const upn = value[slot]!['userPrincipalName']!.replaceAll("'", "''");
    const exactly = `userPrincipalName ge '${upn}' and userPrincipalName le '${upn}'`;
    expect((await filter(graph, exactly)).slots).toEqual([slot]);
    const instant = value[slot]!['createdDateTime']!;
    const then = await filter(
      graph,
      `createdDateTime ge ${instant} and createdDateTime le ${instant}`,
    );
    expect(then.slots).toContain(slot);
  });

  test('can be refused', async () => {
    const graph = createTestGraph({ unsettled: { principalNameRange: 'refused' } });
    expect(await filter(graph, range)).toMatchObject({
      status: 400,
      message: unsupported('userPrincipalName'),
    });
  });

  test('can be silently ignored: every shard is then the whole tenant', async () => {
    const graph = createTestGraph({ users: 50, unsettled: { principalNameRange: 'ignored' } });
    expect((await filter(graph, range)).slots).toHaveLength(50);
  });

  test.each(['ordinal', 'ignore-case', 'culture'] as const)(
    'under the %s comparer shards that share boundaries still cover all users',
    async (comparer) => {
      const graph = graphOf({ unsettled: { comparer } });
      const bounds = ['$', '_', 'A', 'a', 'B', 'm', 'Z', 'z'];
      const shards = [
        `userPrincipalName le '${bounds[0]!}'`,
        ...bounds
          .slice(1)
          .map(
            (bound, index) =>
              `userPrincipalName ge '${bounds[index]!}' and userPrincipalName le '${bound}'`,
          ),
        `userPrincipalName ge '${bounds.at(-1)!}'`,
      ];
      const seen = new Set<number>();
      for (const shard of shards)
        for (const slot of (await filter(graph, shard)).slots) seen.add(slot);
      expect(seen.size).toBe(3000);
    },
  );

  test('the comparers differ', async () => {
    const found = await Promise.all(
      (['ordinal', 'ignore-case', 'culture'] as const).map(
        async (comparer) =>
          (
            await filter(
              graphOf({ unsettled: { comparer } }),
              "userPrincipalName ge 'a' and userPrincipalName le 'room.5'",
            )
          ).slots.length,
      ),
    );
    expect(new Set(found).size).toBeGreaterThan(1);
  });
});

describe('page tokens of a filtered default-mode list', () => {
  test('expire when that is chosen; those of an advanced list do not', async () => {
    const graph = graphOf({ filteredTokenIdleSeconds: 60 });
    const path = "users?$top=2&$filter=department eq 'HR'";
    const link = (await graph.get(path)).json()['@odata.nextLink']!;
    const advanced = (await graph.get(`${path}&$count=true`, eventual)).json()['@odata.nextLink']!;
    graph.now += 60_000;
    expect((await graph.get(link)).status).toBe(200);
    graph.now += 61_000;
    const expired = await graph.get(link);
    expect(expired.status).toBe(400);
    expect(expired.json().error).toMatchObject({
      code: 'Directory_ExpiredPageToken',
      message:
        'The specified page token value has expired and can no longer be included in your request.',
    });
    expect((await graph.get(advanced, eventual)).status).toBe(200);
  });
});
