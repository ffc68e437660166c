import { safeText } from '@rollcall/core/command-line';

/** Returns `value` as JSON on one line, also for readers that split lines at U+2028. */
export function jsonLine(value: unknown): string {
  return safeText(JSON.stringify(value));
}
