import { errorReport } from '@rollcall/core/command-line';

import type { Console, Notice } from '../terminal/console.ts';
import { remedies } from './remedies.ts';

/** Reports anything that was thrown, in the colors of the terminal and with the remedies of the command line. */
export function errorNotice(console: Console, thrown: unknown): Notice {
  const { text, fields } = errorReport(thrown, {
    program: 'rollcall',
    remedies,
    paint: (tone, part) => console.paint(tone, part),
  });
  return { level: 'error', event: 'error', text, facts: fields };
}
