import { expect, it } from 'vitest';

import { UnreconciledError } from './unreconciled-error.ts';

it.each([
  [
    [null, null],
    'Not verified: 2,990 users were read, and Graph returned no count to compare with.',
    'accept-uncounted',
  ],
  [
    [null, 3000],
    'Not verified: 2,990 users were read, and Graph counts 3,000 users at the end (it returned no count at the start).',
    'as-stated',
  ],
  [
    [3000, null],
    'Not verified: 2,990 users were read, and Graph counts 3,000 users at the start (it returned no count at the end).',
    'as-stated',
  ],
  [[3000, 3000], 'Not verified: 2,990 users were read, and Graph counts 3,000 users.', 'as-stated'],
  [
    [0, 1],
    'Not verified: 2,990 users were read, and Graph counts 0 users at the start and 1 user at the end.',
    'as-stated',
  ],
] as const)(
  'faults A11 row 115: the counts %j are stated as numbers only where Graph returned them',
  ([countAtStart, countAtEnd], message, remedy) => {
    const error = new UnreconciledError({ users: 2990, countAtStart, countAtEnd });
    expect(error).toMatchObject({ message, remedy: { code: remedy } });
    expect(error.retryable).toBe(remedy === 'as-stated');
  },
);
