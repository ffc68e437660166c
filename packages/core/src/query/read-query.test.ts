import { describe, expect, it } from 'vitest';

import { readQuery } from './read-query.ts';

function issuesOf(value: unknown, ...allowed: ('select' | 'filter')[]): unknown {
  try {
    return readQuery(value, allowed.length === 0 ? undefined : allowed);
  } catch (error) {
    return (error as { issues?: unknown }).issues ?? error;
  }
}

describe('the form of a query', () => {
  it('accepts every option with its type, and undefined for each', () => {
    const query = {
      select: ['id'],
      filter: 'a',
      search: 'b',
      orderBy: ['id'],
      expand: 'manager',
      count: true,
      limit: 1,
      pageSize: 2,
    };
    expect(readQuery(query)).toEqual(query);
    const empty = Object.fromEntries(Object.keys(query).map((name) => [name, undefined]));
    expect(readQuery({ ...empty, other: undefined })).toEqual({});
  });

  it.each([
    ['a misspelled option', { fliter: 'x' }, [{ part: 'fliter', hint: 'Did you mean filter?' }]],
    ['an option of Graph', { $top: 5, top: 5 }, [{ part: '$top' }, { part: 'top' }]],
    [
      'a text for a list',
      { select: 'id,mail' },
      [{ part: 'select', message: 'must be a list of texts' }],
    ],
    ['a list with a number', { orderBy: ['id', 3] }, [{ part: 'orderBy' }]],
    ['a number for a text', { filter: 3 }, [{ part: 'filter', message: 'must be text' }]],
    ['a text for a number', { limit: '5' }, [{ part: 'limit', message: 'must be a number' }]],
    ['a null', { filter: null }, [{ part: 'filter' }]],
    [
      'a name of a prototype',
      JSON.parse('{"__proto__": 1, "constructor": 2}'),
      [{ part: '__proto__' }, { part: 'constructor' }],
    ],
    ['a text for the query', 'select', [{ part: 'query', message: 'must be an object' }]],
    ['a list for the query', [], [{ part: 'query' }]],
    ['null for the query', null, [{ part: 'query' }]],
  ])('rejects %s', (_, value, expected) => {
    expect(issuesOf(value)).toMatchObject(expected);
  });

  it('rejects an option that the operation does not have', () => {
    expect(issuesOf({ select: ['id'], limit: 5 }, 'select')).toMatchObject([
      { part: 'limit', message: 'does not apply to this operation' },
    ]);
  });
});
