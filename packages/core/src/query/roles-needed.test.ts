import { expect, it } from 'vitest';

import { rolesIn, unmetNeeds } from './roles-needed.ts';

it.each([
  ['nothing at all', {}, [], ['User.Read.All']],
  ['the least', {}, ['User.Read.All'], []],
  ['more than enough', {}, ['Directory.ReadWrite.All'], []],
  ['something else', {}, ['Group.Read.All', 'user.read.all'], ['User.Read.All']],
  [
    'too little for signInActivity',
    { select: ['id', 'signInActivity'] },
    ['User.Read.All'],
    ['AuditLog.Read.All'],
  ],
  [
    'enough for a filter by sign-ins',
    { filter: 'signInActivity/lastSignInDateTime le 2026-01-01' },
    ['User.Read.All', 'AuditLog.Read.All'],
    [],
  ],
  [
    'too little in both ways',
    { select: ['customSecurityAttributes'] },
    [],
    ['User.Read.All', 'CustomSecAttributeAssignment.Read.All'],
  ],
  [
    'enough where a name only resembles a guarded one',
    { filter: "displayName eq 'mySignInActivityX'" },
    ['User.Read.All'],
    [],
  ],
])('a token with %s', (_name, query, roles, missing) => {
  expect(unmetNeeds(query, roles).map(({ anyOf: [least] }) => least)).toEqual(missing);
});

it.each([
  [{ roles: ['A', 'B'] }, ['A', 'B']],
  [{ scp: 'User.Read.All openid' }, ['User.Read.All', 'openid']],
  [{ roles: 'A' }, []],
  [{ roles: [1, null], scp: 2 }, []],
  [{}, []],
])('reads the permissions of %j', (claims, roles) => {
  expect(rolesIn(claims)).toEqual(roles);
});
