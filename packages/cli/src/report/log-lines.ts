import { describeEvent, events, type Log, safeText } from '@rollcall/core/command-line';

import type { Console } from '../terminal/console.ts';

/** Creates a log that prints core's events to standard error: warnings and errors always, the rest with `--verbose`. */
export function logLines(console: Console): Log {
  return (event, given) => {
    const { level, text, fields } = describeEvent(events, event, given);
    const isImportant = level === 'warn' || level === 'error';
    if (!isImportant && !console.presentation.verbose) return;
    const label = isImportant
      ? console.paint('warning', 'warning:')
      : console.paint('faint', `${level}:`);
    console.say({
      // The error of the command itself is reported once, at the end.
      level: level === 'error' ? 'warn' : level,
      event,
      text: `${label} ${safeText(text)}`,
      facts: fields,
    });
  };
}
