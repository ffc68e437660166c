import { atTheService } from './at-the-service.ts';
import { inFiles } from './in-files.ts';
import { inSettings } from './in-settings.ts';
import { onTheWay } from './on-the-way.ts';
import type { SetUp } from './set-up.ts';

/** The set-up that works. */
const working: SetUp = {
  heading: 'A configuration that works',
  async arrange({ parameters }) {
    await parameters({});
    return {};
  },
};

/** In the order of docs/doctor.md, which is that of the steps. */
export const setUps: readonly SetUp[] = [
  working,
  ...inSettings,
  ...onTheWay,
  ...inFiles,
  ...atTheService,
];
