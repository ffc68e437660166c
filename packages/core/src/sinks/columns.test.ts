import { expect, it } from 'vitest';

import { defaultProperties } from '../query/default-properties.ts';
import { columnsOf } from './columns.ts';

it.each([
  [{}, defaultProperties],
  [{ select: ['id', 'department'] }, ['id', 'department']],
  [{ expand: 'manager' }, [...defaultProperties, 'manager.id', 'manager.displayName']],
  [{ select: ['id'], expand: 'manager($select=mail)' }, ['id', 'manager.mail']],
  [
    { select: ['id'], expand: 'manager($levels=max;$select=id,mail)' },
    ['id', 'manager.id', 'manager.mail'],
  ],
  [{ select: ['id'], expand: 'directReports' }, ['id', 'directReports']],
  [{ select: ['id', 'manager'], expand: 'manager' }, ['id', 'manager']],
])('what is read by %j are the columns', (query, columns) => {
  expect(columnsOf('csv', query)).toEqual(columns);
});

it('a table has few columns, and json none', () => {
  expect(columnsOf('table', {})).toEqual(['displayName', 'userPrincipalName', 'id']);
  expect(columnsOf('json', { select: ['id'] })).toBeUndefined();
});

it.each([
  [{}, ['id', 'mail']],
  [{ select: ['mail'] }, ['id', 'mail']],
  [{ expand: 'manager' }, ['manager.displayName']],
  [
    { select: ['onPremisesExtensionAttributes'] },
    ['onPremisesExtensionAttributes.extensionAttribute1'],
  ],
  [
    { select: ['onPremisesExtensionAttributes/extensionAttribute1'] },
    ['onPremisesExtensionAttributes/extensionAttribute1'],
  ],
])('of what %j reads, %j may be columns', (query, asked) => {
  expect(columnsOf('tsv', query, asked)).toEqual(asked);
});

it.each([
  [
    'csv',
    {},
    ['id', 'department'],
    /the column department is not selected/,
    /`select` to id, department/,
  ],
  ['csv', { select: ['id'] }, ['displayName'], /displayName/, /`select` to id, displayName/],
  ['table', {}, ['City'], /city/, /`select` to city/],
  ['csv', {}, ['manager.displayName'], /manager\.displayName/, /`expand`/],
  ['json', {}, ['id'], /json has no columns/, /csv, tsv or table/],
] as const)('as %s, %j with the columns %j is refused', (format, query, asked, message, hint) => {
  expect(() => columnsOf(format, query, asked)).toThrow(
    expect.objectContaining({
      code: 'E_QUERY',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    }),
  );
});

it.each([
  [{ select: ['displayname', 'MAIL'] }, undefined, ['displayName', 'mail']],
  [{ select: ['displayName'] }, ['DISPLAYNAME'], ['displayName']],
  [{}, ['Mail', 'ID'], ['mail', 'id']],
  [{ expand: 'manager' }, ['Manager.DisplayName'], ['manager.displayName']],
])(
  '%j with the columns %j has the columns %j, in the spelling of Graph',
  (query, asked, expected) => {
    expect(columnsOf('csv', query, asked)).toEqual(expected);
  },
);
