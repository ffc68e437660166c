import { expect, it } from 'vitest';

import { defaultProperties } from '../query/default-properties.ts';
import { queryForExpression } from './query-for-expression.ts';

it.each([
  ['[?accountEnabled].mail', ['accountEnabled']],
  ["[?signInActivity.lastSignInDateTime<'2026-08-27'].id", ['signInActivity']],
  ['{a: department, b: mail}', ['department']],
  ['assignedLicenses[].skuId', ['assignedLicenses']],
  [
    '[].{n: assignedLicenses[?skuId].disabledPlans, c: companyName}',
    ['assignedLicenses', 'companyName'],
  ],
  ['[?mail] | [].department', ['department']],
  ["@.city || 'none'", ['city']],
  ['!accountEnabled', ['accountEnabled']],
  ["contains(proxyAddresses, 'SMTP:a@b.example')", ['proxyAddresses']],
  ['let $d = department in {d: $d}', ['department']],
  ['{a: city} | {b: a}', ['city']],
])('the properties that %s names are read', (expression, added) => {
  expect(queryForExpression({}, expression).select).toEqual([...defaultProperties, ...added]);
});

it.each(['mail', '[].displayName', '@', 'keys(@)', 'businessPhones[0]'])(
  'the default properties are enough for %s',
  (expression) => {
    expect(queryForExpression({ filter: 'x' }, expression)).toEqual({ filter: 'x' });
  },
);

it.each([
  [
    { select: ['id', 'mail'] },
    '[?accountEnabled].mail',
    'reads accountEnabled, which is not selected',
  ],
  [{ select: ['id'] }, '{a: mail, b: city}', 'reads mail, city, which are not selected'],
  [{}, 'manager.mail', 'manager, which is not expanded'],
  [{}, 'displayname', 'the property is displayName, not displayname'],
])('%j does not read what %s names', (query, expression, message) => {
  expect(() => queryForExpression(query, expression)).toThrow(
    expect.objectContaining({ code: 'E_QUERY', message: expect.stringContaining(message) }),
  );
});

it('a selection and an expansion that suffice are not changed', () => {
  const query = { select: ['AccountEnabled', 'mail'], expand: 'manager($select=mail)' };
  expect(queryForExpression(query, '[?accountEnabled].{m: mail, boss: manager.mail, i: id}')).toBe(
    query,
  );
});
