import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { isResumable } from '@rollcall/core';
import { expect, it } from 'vitest';

import { remediesIn } from '../report/remedies.ts';
import { type Situation, unknownSituation } from '../report/situation.ts';
import { exportSituation } from './export-situation.ts';

const situation: Situation = { ...unknownSituation, command: 'users list' };
const context = { core: () => Promise.resolve({ isResumable } as never), cwd: '/' };

it.each([
  ['an export that left a checkpoint', true, { resume: false }, undefined, 'add-flag'],
  ['one that is being resumed', true, { resume: true }, undefined, 'same-command'],
  ['one that left nothing', false, { resume: false }, undefined, 'nothing-left'],
  ['a resumed one that left nothing', false, { resume: true }, undefined, 'nothing-left'],
  ['a command without --resume', true, {}, undefined, 'nothing-left'],
  ['an integrity failure', true, { resume: false }, { category: 'integrity' }, 'nothing-left'],
] as const)(
  'faults A11 row 117: finds out how %s continues',
  async (_, isLeft, args, error, resume) => {
    const folder = await mkdtemp(join(tmpdir(), 'situation-'));
    try {
      const out = join(folder, 'users.csv');
      if (isLeft) await writeFile(join(folder, '.users.csv.rollcall-checkpoint'), '{}');
      const found = await exportSituation(situation, { out, ...args }, error, context);
      expect(found).toEqual({ ...situation, resume });
      const { 'retry-later': later } = remediesIn(found);
      expect(later?.({ code: 'retry-later' })).toBe(
        {
          'add-flag': 'Try again later; rerun with --resume to continue the export.',
          'same-command': 'Try again later; rerun the same command to continue the export.',
          'nothing-left': 'Try again later.',
        }[resume],
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
