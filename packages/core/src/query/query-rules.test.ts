import { expect, it } from 'vitest';

import { QueryError } from '../errors/query-error.ts';
import { reasonsForAdvanced } from './advanced.ts';
import { explain } from './explain.ts';
import { checkQuery, queryIssues } from './query-rules.ts';
import type { UserQuery } from './user-query.ts';

const directoryExtension = `extension_${'0123456789abcdef'.repeat(2)}_badge`;
const graph = new URL('https://graph.example/v1.0');

it.each<[UserQuery, string]>([
  [{ pageSize: 1000 }, 'pageSize'],
  [{ pageSize: 0 }, 'pageSize'],
  [{ limit: 0 }, 'limit'],
  [{ limit: 1.5 }, 'limit'],
  [{ select: ['*'] }, 'select'],
  [{ select: ['id', 'display name'] }, 'select'],
  [{ select: ['aboutMe'] }, 'select'],
  [{ filter: "contains(displayName,'a')" }, 'filter'],
  [{ filter: "displayName gt 'a'" }, 'filter'],
  [{ filter: "startswith(id,'a')" }, 'filter'],
  [{ filter: "endsWith(displayName,'a')" }, 'filter'],
  [{ filter: `startswith(displayName,'${'a'.repeat(121)}')` }, 'filter'],
  [{ filter: 'accountEnabled ge true' }, 'filter'],
  [{ filter: "displayName eq 'a" }, 'filter'],
  [{ filter: "(displayName eq 'a'" }, 'filter'],
  [{ filter: "proxyAddresses/all(p:p eq 'a')" }, 'filter'],
  [{ filter: "identities/any(i:i/issuer eq 'x') and displayName ne 'a'" }, 'filter'],
  [
    {
      filter: "signInActivity/lastSignInDateTime le 2024-01-01T00:00:00Z and displayName eq 'a'",
    },
    'filter',
  ],
  [{ search: '"displayName:a' }, 'search'],
  [{ search: ' ' }, 'search'],
  [{ orderBy: ['surname'] }, 'orderBy'],
  [{ orderBy: ['displayName up'] }, 'orderBy'],
  [{ expand: 'manager', search: 'ada' }, 'expand'],
])('refuses %j before anything is sent', (query, part) => {
  expect(queryIssues(query).map((issue) => issue.part)).toEqual([part]);
});

it('says every mistake at once', () => {
  const query = { pageSize: 0, limit: -1, orderBy: ['mail'] };
  expect(() => checkQuery(query)).toThrow(QueryError);
  expect(queryIssues(query)).toHaveLength(3);
});

it.each<[UserQuery, string[]]>([
  [{}, []],
  [{ filter: "displayName eq 'not ne endswith(x)'" }, []],
  [{ filter: "startswith(userPrincipalName,'a') or userPrincipalName le 'b'" }, []],
  [{ filter: 'createdDateTime ge 2024-01-01T00:00:00Z' }, []],
  [{ filter: 'assignedLicenses/any(a:a/skuId eq 0f0f0f0f-1111-2222-3333-444444444444)' }, []],
  [{ orderBy: ['displayName'] }, []],
  [{ search: 'ada' }, ['$search']],
  [{ count: true }, ['$count']],
  [{ advanced: true }, ['the request for an advanced query']],
  [{ advanced: false }, []],
  [{ filter: `${directoryExtension} eq 'a'` }, []],
  [
    { filter: `startsWith(${directoryExtension},'a')` },
    [`startsWith with the directory extension ${directoryExtension}`],
  ],
  [{ filter: `${directoryExtension} eq null` }, [`comparing ${directoryExtension} with null`]],
  [{ filter: "ext8abc123_badge/number eq 'a'" }, ['filtering by ext8abc123_badge']],
  [{ filter: 'contoso_courses/name eq null' }, ['filtering by contoso_courses']],
  [{ filter: "displayName ne 'a'" }, ['the operator ne']],
  [{ filter: "not startswith(mail,'a')" }, ['the operator not']],
  [{ filter: "endsWith(mail,'@a.b')" }, ['the function endsWith']],
  [{ filter: "companyName eq 'a'" }, ['filtering by companyName']],
  [{ filter: 'mail eq null' }, ['comparing mail with null']],
  [{ filter: 'assignedLicenses/$count eq 0' }, ['counting in the filter']],
  [{ filter: "businessPhones/any(p:p eq '1')" }, ['filtering by businessPhones']],
  [
    { filter: `mail in (${Array.from({ length: 16 }, (_, at) => `'${at}'`).join(',')})` },
    ['more than 15 alternatives'],
  ],
  [{ filter: `displayName eq '${'a'.repeat(121)}'` }, ['a value longer than 120 characters']],
  [{ filter: "displayName eq 'a'", orderBy: ['displayName'] }, ['$filter together with $orderby']],
  [{ orderBy: ['createdDateTime desc'] }, ['sorting by createdDateTime']],
])('faults A11 row 113: knows why %j needs the eventual index', (query, reasons) => {
  expect(queryIssues(query)).toEqual([]);
  expect(reasonsForAdvanced(query)).toEqual(reasons);
});

it('explains what would be sent, at what cost, and why', () => {
  expect(explain(graph, { select: ['displayName'], search: 'ada & eve' })).toEqual({
    method: 'GET',
    url: 'https://graph.example/v1.0/users?$top=999&$select=id,displayName&$search=%22ada%20%26%20eve%22&$count=true',
    headers: {
      accept: 'application/json',
      consistencylevel: 'eventual',
      prefer: 'legacySearch=false',
    },
    index: 'eventual',
    usersPerPage: 999,
    resourceUnitsPerPage: 1,
    why: [
      '$top=999: as many users per page as possible.',
      '$select includes id, which identifies a user.',
      'ConsistencyLevel: eventual and $count=true, because of $search.',
      'Prefer: legacySearch=false, so that a search can contain &.',
    ],
  });
  expect(explain(graph)).toMatchObject({ index: 'default', resourceUnitsPerPage: 2 });
  expect(explain(graph, { select: ['id', 'signInActivity'] }).usersPerPage).toBe(500);
});

it('names all that $expand cannot go with, and how filters are written', () => {
  const [expand] = queryIssues({
    expand: 'manager',
    filter: "displayName ne 'a'",
    orderBy: ['displayName'],
  });
  expect(expand?.message).toContain(
    'because of $filter together with $orderby, and of the operator ne',
  );
  const [filter] = queryIssues({ filter: 'accountEnabled = true' });
  expect(filter?.hint).toMatch(/by words \(eq,.*single quotes/);
});
