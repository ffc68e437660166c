import { assert, array, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';

import { formats } from '../formats.ts';
import { orgChart } from './org-chart.ts';

const user = (id: string, manager?: string) => ({
  id,
  displayName: `User ${id}`,
  ...(manager === undefined ? {} : { manager: { id: manager } }),
});

/** e and f are the managers of each other; the manager of g is not listed. */
const users = [
  user('c', 'b'),
  user('b', 'a'),
  user('a'),
  user('d', 'a'),
  user('e', 'f'),
  user('f', 'e'),
  user('g', 'z'),
  user('h', 'f'),
];

function written(format: keyof typeof formats, root?: string): string {
  const columns = ['csv', 'tsv', 'table'].includes(format) ? ['displayName'] : undefined;
  const sink = formats[format].createSink({ tree: { root }, columns });
  const text =
    sink.head() + [...sink.page(users.slice(0, 3)), ...sink.page(users.slice(3))].join('');
  return text + sink.tail();
}

describe('users below their managers', () => {
  it('have depth and path in ndjson', () => {
    const rows = written('ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map(({ id, depth, path }) => [id, depth, path])).toEqual([
      ['a', 0, ['a']],
      ['b', 1, ['a', 'b']],
      ['c', 2, ['a', 'b', 'c']],
      ['d', 1, ['a', 'd']],
      ['e', 0, ['e']],
      ['f', 1, ['e', 'f']],
      ['h', 2, ['e', 'f', 'h']],
      ['g', 0, ['g']],
    ]);
  });

  it('are one array in json, and have columns in csv', () => {
    expect(JSON.parse(written('json', 'b'))).toEqual([
      { ...user('b', 'a'), depth: 0, path: ['b'] },
      { ...user('c', 'b'), depth: 1, path: ['b', 'c'] },
    ]);
    expect(written('csv', 'a').split('\r\n')).toEqual([
      'depth,displayName,path',
      '0,User a,a',
      '1,User b,"a; b"',
      '2,User c,"a; b; c"',
      '1,User d,"a; d"',
      '',
    ]);
  });

  it('are drawn in a table', () => {
    expect(written('table').split('\n').slice(2)).toEqual([
      'User a',
      '├─ User b',
      '│  └─ User c',
      '└─ User d',
      'User e',
      '└─ User f',
      '   └─ User h',
      'User g',
      '',
    ]);
  });

  it('are none below a user that is not listed', () => {
    expect(written('ndjson', 'z')).toBe('');
    expect(JSON.parse(written('json', 'z'))).toEqual([]);
  });

  it('can be in cycles, which are reported, those of the written part only', () => {
    const sink = formats.ndjson.createSink({ tree: {} });
    [...sink.page(users)].join('');
    sink.tail();
    expect(sink.managerCycles?.().map((cycle) => cycle.map(({ id }) => id))).toEqual([['e', 'f']]);
    expect(orgChart(users, 'a').cycles).toEqual([]);
    expect(orgChart([user('x', 'x')]).cycles).toHaveLength(1);
  });

  it('of any list are written once each, each below its manager or at the top', () => {
    assert(
      property(array(integer({ min: 0, max: 30 }), { maxLength: 25 }), (managers) => {
        const list = managers.map((manager, at) => user(String(at), String(manager)));
        const { rows, cycles } = orgChart(list);
        expect(rows.map(({ user: { id } }) => id).toSorted()).toEqual(
          list.map(({ id }) => id).toSorted(),
        );
        const tops = new Set(cycles.map(([top]) => top?.id));
        for (const { user: one, depth, path } of rows) {
          expect(path).toHaveLength(depth + 1);
          expect(path.at(-1)).toBe(one.id);
          const isTop = tops.has(one.id) || Number(one.manager?.id) >= list.length;
          expect(path.at(-2)).toBe(isTop ? undefined : one.manager?.id);
        }
      }),
    );
  });

  it('can be below each other in a chain of 20,000', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => user(String(at), String(at - 1)));
    const last = orgChart(chain, '19000').rows.at(-1);
    expect([last?.depth, last?.user.id]).toEqual([999, '19999']);
  });
});
