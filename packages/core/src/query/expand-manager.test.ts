import { expect, it } from 'vitest';

import { columnsOf } from '../sinks/columns.ts';
import { queryForExpression } from '../sinks/query-for-expression.ts';
import { readQuery } from './read-query.ts';

const manager = { select: ['displayName', 'manager.displayName', 'manager.mail'] };

it.each([
  [manager, { select: ['displayName'], expand: 'manager($select=id,displayName,mail)' }],
  [
    { select: ['Manager/DisplayName'] },
    { select: ['id'], expand: 'manager($select=id,displayName)' },
  ],
  [
    { select: ['id', 'manager.id', 'manager.employeeOrgData.costCenter'] },
    { select: ['id'], expand: 'manager($select=id,employeeOrgData)' },
  ],
  [
    { ...manager, expand: 'manager' },
    { select: ['displayName'], expand: 'manager' },
  ],
  [
    { ...manager, filter: "mail ne 'x'" },
    {
      select: ['displayName'],
      filter: "mail ne 'x'",
      expand: 'manager($levels=1;$select=id,displayName,mail)',
    },
  ],
  [{ select: ['managerial'] }, { select: ['managerial'] }],
])('%j expands the manager: %j', (given, expected) => {
  expect(readQuery(given)).toEqual(expected);
  expect(readQuery(readQuery(given))).toEqual(expected);
});

it('the manager of the manager is an invalid query', () => {
  expect(() => readQuery({ select: ['manager.manager.mail'] })).toThrow(/manager of the manager/u);
});

it('selected properties of the manager are columns in their order, and others of it are not', () => {
  expect(columnsOf('csv', manager)).toEqual(manager.select);
  expect(columnsOf('csv', manager, ['manager.mail'])).toEqual(['manager.mail']);
  expect(() => columnsOf('csv', manager, ['manager.jobTitle'])).toThrow(
    expect.objectContaining({
      hint: expect.stringContaining(
        'displayName, manager.displayName, manager.mail, manager.jobTitle',
      ),
    }),
  );
});

it('an expression can read a manager that select leads to', () => {
  expect(queryForExpression(manager, 'manager.mail')).toBe(manager);
});
