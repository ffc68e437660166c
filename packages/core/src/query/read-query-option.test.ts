import { describe, expect, it } from 'vitest';

import { readQueryOption } from './read-query-option.ts';

describe('readQueryOption', () => {
  it.each([
    ['select', 'id, mail', { select: ['id', 'mail'] }],
    ['filter', 'accountEnabled eq true', { filter: 'accountEnabled eq true' }],
    ['search', '"displayName:ada"', { search: '"displayName:ada"' }],
    ['orderby', 'displayName desc,id', { orderBy: ['displayName desc', 'id'] }],
    ['expand', 'manager', { expand: 'manager' }],
    ['count', 'false', { count: false }],
    ['top', '999', { pageSize: 999 }],
  ] as const)('reads $%s=%s', (name, value, query) => {
    expect(readQueryOption(name, value)).toEqual({ query });
  });

  it.each([
    ['select', 'id,,mail', 'must be a comma-separated list of names'],
    ['orderby', '', 'must be a comma-separated list of names'],
    ['filter', ' ', 'must not be empty'],
    ['search', '', 'must not be empty'],
    ['expand', '\t', 'must not be empty'],
    ['count', 'True', 'must be true or false'],
    ['top', '0', 'must be between 1 and 999'],
    ['top', '1000', 'must be between 1 and 999'],
    ['top', '1e2', 'must be between 1 and 999'],
    ['top', '-1', 'must be between 1 and 999'],
  ] as const)('rejects $%s=%s', (name, value, problem) => {
    expect(readQueryOption(name, value)).toEqual({ problem });
  });
});
