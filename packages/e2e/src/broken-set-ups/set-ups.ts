import { atTheService } from './at-the-service.ts';
import { inFiles } from './in-files.ts';
import { inSettings } from './in-settings.ts';
import { onTheWay } from './on-the-way.ts';
import type { SetUp } from './set-up.ts';

/** One that nothing is wrong with. */
const whole: SetUp = {
  heading: 'A configuration that works',
  async arrange({ parameters }) {
    await parameters({});
    return {};
  },
};

/** In the order of docs/doctor.md, which is that of the steps. */
export const setUps: readonly SetUp[] = [
  whole,
  ...inSettings,
  ...onTheWay,
  ...inFiles,
  ...atTheService,
];
