import { errorReport, type RemedyTexts } from '@rollcall/core/command-line';

import type { Console, Notice } from '../terminal/console.ts';

/**
 * Reports anything that was thrown, in the colors of the terminal.
 * @param remedies the wordings of remedies in the present situation
 */
export function errorNotice(console: Console, thrown: unknown, remedies: RemedyTexts): Notice {
  const { text, fields } = errorReport(thrown, {
    program: 'rollcall',
    remedies,
    paint: (tone, part) => console.paint(tone, part),
  });
  return { level: 'error', event: 'error', text, facts: fields };
}
