import type { Log, LogFields } from '@rollcall/core';

import type { Console } from './terminal/console.ts';
import { printable } from './terminal/printable.ts';

function factsText(fields: LogFields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(
      ([name, value]) =>
        ` ${name}=${typeof value === 'string' && /[\s"=]/u.test(value) ? JSON.stringify(value) : String(value)}`,
    )
    .join('');
}

/** Core's events as lines on standard error: warnings and errors always, the rest with `--verbose`. */
export function logLines(console: Console): Log {
  return (level, event, fields = {}) => {
    const matters = level === 'warn' || level === 'error';
    if (!matters && !console.presentation.verbose) return;
    // An event is not the command's error: that is reported once, at the end.
    const shown = level === 'error' ? 'warn' : level;
    const label = matters
      ? console.paint('warning', 'warning:')
      : console.paint('faint', `${level}:`);
    console.say({
      level: shown,
      event,
      text: `${label} ${printable(event.replaceAll('-', ' ') + factsText(fields))}`,
      facts: fields,
    });
  };
}
