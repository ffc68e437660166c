import { expect, it } from 'vitest';

import { isOpenToOthers } from './open-to-others.ts';

it.each([
  [0o600, 1000, 1000, false],
  [0o400, 0, 1000, false],
  [0o440, 0, 1000, false],
  [0o640, 0, 1000, false],
  [0o640, 1000, 1000, true],
  [0o660, 0, 1000, true],
  [0o644, 0, 1000, true],
  [0o604, 1000, 1000, true],
  [0o640, 0, 0, true],
  [0o600, 0, 0, false],
])('mode %o of user %i, for a process of user %i: %s', (mode, uid, ownUid, expected) => {
  expect(isOpenToOthers({ mode: 0o100_000 + mode, uid }, ownUid)).toBe(expected);
});
