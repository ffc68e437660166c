import { expect, it } from 'vitest';

import { createFakeContext } from '../testing/fake-context.ts';
import { clock } from './clock.ts';
import { examine, type Verdict } from './examine.ts';
import type { Case, Step } from './step.ts';
import { Unwell } from './unwell.ts';

const fine: Step = { name: 'fine', examine: async () => ({ verdict: 'ok', says: 'Fine.' }) };

async function examined(...steps: readonly Step[]): Promise<readonly Verdict[]> {
  const about: Case = { args: {}, context: createFakeContext({}).context };
  let time = 0;
  return await Array.fromAsync(examine(steps, about, () => (time += 5)));
}

it('stops at the first failure, and says what was not tried', async () => {
  const broken: Step = {
    name: 'broken',
    examine: () => Promise.reject(new Unwell('permission', 'No.', 'Ask.')),
  };
  expect(await examined(fine, broken, { ...fine, name: 'last' })).toEqual([
    { step: 'fine', verdict: 'ok', says: 'Fine.', milliseconds: 5 },
    {
      step: 'broken',
      verdict: 'failed',
      says: 'No.',
      remedy: 'Ask.',
      milliseconds: 5,
      code: 'E_DOCTOR',
      exitCode: 4,
    },
    { step: 'last', verdict: 'skipped', says: 'Not tried, as broken failed.', milliseconds: null },
  ]);
});

it('shows nothing of an error that was not made to be read', async () => {
  const [verdict] = await examined({
    name: 'odd',
    examine: () => Promise.reject(new Error('canary-secret')),
  });
  expect(verdict).toMatchObject({ verdict: 'failed', exitCode: 70 });
  expect(JSON.stringify(verdict)).not.toContain('canary');
});

it.each([
  [undefined, 'skipped', 'No service told'],
  [900, 'ok', 'is right'],
  [-45_000, 'ok', '45 s fast'],
  [90_000, 'warning', '90 s slow.'],
  [-600_000, 'warning', 'assertions will be refused'],
])('judges a clock that is off by %s ms: %s', async (skew, verdict, says) => {
  const found = await clock.examine({
    args: {},
    context: createFakeContext({}).context,
    ...(skew === undefined ? {} : { skew }),
  });
  expect(found).toMatchObject({ verdict, says: expect.stringContaining(says) });
});
