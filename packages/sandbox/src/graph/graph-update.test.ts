import { describe, expect, test } from 'vitest';

import { createTestGraph } from './testing/graph.ts';

const eventual = { consistencylevel: 'eventual' };
const auditor = ['User.Read.All', 'AuditLog.Read.All'];

function filtered(filter: string): string {
  return `users?$top=999&$select=id&$filter=${encodeURIComponent(filter)}`;
}

describe('properties of the update of November 2026', () => {
  test.each([
    ['isResourceAccount eq true', 'default'],
    ['showInAddressList eq false', 'advanced'],
    ["employeeOrgData/costCenter eq 'CC-1'", 'advanced'],
    ["EmployeeOrgData/Division eq 'Sales'", 'advanced'],
    ["authorizationInfo/certificateUserIds/any(c:startsWith(c,'X509:<PN>'))", 'advanced'],
    ['employeeHireDate ne null or employeeHireDate ge 2020-01-01T00:00:00Z', 'unsupported'],
    ["startsWith(onPremisesDistinguishedName,'CN=')", 'advanced'],
    ["manager/id eq 'x'", 'unsupported'],
    ['onPremisesImmutableId eq null', 'unsupported'],
    ['userPrincipalName eq null', 'unsupported'],
  ])('a filter by %s is %s', async (filter, support) => {
    const graph = createTestGraph({ users: 400 });
    const plain = await graph.get(filtered(filter));
    const advanced = await graph.get(`${filtered(filter)}&$count=true`, eventual);
    const accepted = [plain, advanced].map(({ status }) => status === 200);
    expect(accepted).toEqual([support === 'default', support !== 'unsupported']);
    if (support === 'unsupported') return;
    const found = advanced.json().value.length;
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(400);
  });

  test.each([
    'aboutMe',
    'authorizationInfo',
    'customSecurityAttributes',
    'deviceEnrollmentLimit',
    'EMPLOYEELEAVEDATETIME',
    'isManagementRestricted',
    'licenseAssignmentStates',
    'print',
    'serviceProvisioningErrors',
  ])('a user can be asked for %s', async (name) => {
    const graph = createTestGraph();
    const answer = await graph.get(`users/${graph.people.idOf(1)}?$select=${name}`);
    expect(answer.status).toBe(200);
    const spelling = Object.keys(answer.json()).find((key) => !key.startsWith('@'));
    expect(spelling?.toLowerCase()).toBe(name.toLowerCase());
  });
});

test.each([
  'createdDateTime ge 2020-13-01T00:00:00Z',
  'createdDateTime ge 2022-02-30T00:00:00Z',
  'createdDateTime le 2021-02-29',
  'createdDateTime ge 2022-01-01T25:00:00Z',
  'employeeHireDate ge 2022-01-01',
])('the date in %s is of another type', async (filter) => {
  const answer = await createTestGraph().get(`${filtered(filter)}&$count=true`, eventual);
  expect([answer.status, answer.json().error.code]).toEqual([400, 'BadRequest']);
  expect(answer.json().error.message).toContain('incompatible types');
});

test.each(['2024-02-29T00:00:00Z', '2020-12-31T23:59:59+14:00', '2020-12-31'])(
  'the date %s exists',
  async (date) => {
    const answer = await createTestGraph().get(filtered(`createdDateTime ge ${date}`));
    expect(answer.status).toBe(200);
  },
);

test.each([
  'ConsistencyLevel=eventual',
  'consistencylevel=Eventual',
  '%43onsistencyLevel=eventual',
])('%s in the URL is as good as the header', async (option) => {
  const graph = createTestGraph({ users: 30 });
  const path = `users?$top=7&$count=true&${option}&$filter=${encodeURIComponent('mail ne null')}`;
  const pages = await graph.pages(path);
  expect(pages[0]?.['@odata.count']).toBe(pages.flatMap(({ value }) => value).length);
  expect((await graph.get(`users/$count?${option}`)).status).toBe(200);
});

function activityPaths(id: string): readonly string[] {
  return [
    'users?$select=id,signInActivity',
    filtered('signInActivity/lastSignInDateTime le 2025-10-01T00:00:00Z'),
    `users/${id}?$select=SignInActivity`,
  ];
}

describe('signInActivity', () => {
  test('without AuditLog.Read.All is 403 with a code of its own, in lists, filters and single users', async () => {
    const graph = createTestGraph();
    for (const path of activityPaths(graph.people.idOf(1))) {
      const { error } = (await graph.get(path)).json();
      expect(error.code).toBe('Authentication_MSGraphPermissionMissing');
      expect(error.message).toContain('AuditLog.Read.All');
    }
  });

  test('is refused in a tenant without a premium licence, when that is chosen', async () => {
    const graph = createTestGraph({ roles: auditor, unsettled: { tenantLicense: 'free' } });
    for (const path of activityPaths(graph.people.idOf(1))) {
      const answer = await graph.get(path);
      expect([answer.status, answer.json().error.code]).toEqual([
        403,
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      ]);
    }
  });

  test('has six members', async () => {
    const graph = createTestGraph({ roles: auditor });
    const users = (await graph.get('users?$select=signInActivity')).json().value;
    const activity = users.map((user) => user['signInActivity']).find((value) => value !== null);
    expect(Object.keys(activity ?? {})).toHaveLength(6);
    expect(activity).toHaveProperty('lastSuccessfulSignInDateTime');
  });
});

test.each([
  ['users/delta', ''],
  ['users/delta?$select=displayName,Mail', '(displayName,mail)'],
  ['users/delta?$select=displayName,Manager', '(displayName,manager)'],
  ['users/delta?$select=manager', '(manager)'],
])('the context of the first page of %s names %s', async (path, names) => {
  const context = (await createTestGraph().get(path)).json()['@odata.context'];
  expect(context?.split('#')[1]).toBe(`users${names}`);
});
