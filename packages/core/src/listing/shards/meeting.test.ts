import { expect, it } from 'vitest';

import { itemListOf } from '../../paging/testing/item-list-of.ts';
import { createMeeting } from './meeting.ts';

type Order = 'ascending' | 'descending';
type Step = readonly [order: Order, ids: string];

/** Passes pages, a letter for each user, and returns whether the chains have met after each of them. */
function passAll(...steps: readonly Step[]): boolean[] {
  const meeting = createMeeting();
  const seen = new Set<string>();
  return steps.map(([order, ids]) => {
    const items = itemListOf(ids.split('').map((id) => ({ id })));
    const known = new Set(seen);
    for (const id of ids) seen.add(id);
    meeting.pass(
      order,
      items,
      items.filter((id) => !known.has(id)),
    );
    return meeting.isMet;
  });
}

it.each<readonly [string, readonly Step[], readonly boolean[]]>([
  [
    'on a page of the ascending chain',
    [
      ['ascending', 'ab'],
      ['descending', 'ed'],
      ['ascending', 'cd'],
    ],
    [false, false, true],
  ],
  [
    'on a page of the descending chain',
    [
      ['ascending', 'ab'],
      ['descending', 'dc'],
      ['descending', 'ba'],
    ],
    [false, false, true],
  ],
  [
    'on the first pages',
    [
      ['ascending', 'abc'],
      ['descending', 'dcb'],
    ],
    [false, true],
  ],
])('two chains meet %s', (_, steps, met) => {
  expect(passAll(...steps)).toEqual(met);
});

it.each<readonly [string, readonly Step[]]>([
  [
    'a gap is between them',
    [
      ['ascending', 'ab'],
      ['descending', 'ed'],
    ],
  ],
  [
    'the ascending chain was restarted',
    [
      ['ascending', 'ab'],
      ['ascending', 'ab'],
    ],
  ],
  [
    'the descending chain was restarted',
    [
      ['descending', 'ed'],
      ['descending', 'ed'],
    ],
  ],
  [
    'both end where the other one begins',
    [
      ['ascending', 'ab'],
      ['descending', 'dc'],
    ],
  ],
  [
    'a user was renamed to the other side',
    [
      ['ascending', 'ab'],
      ['descending', 'fae'],
    ],
  ],
  [
    'a page is empty',
    [
      ['ascending', 'ab'],
      ['descending', ''],
    ],
  ],
])('two chains have not met when %s', (_, steps) => {
  expect(passAll(...steps)).toEqual(steps.map(() => false));
});
