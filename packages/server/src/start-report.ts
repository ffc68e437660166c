import { DirectoryError, SettingsError } from '@rollcall/core';

/** C0, C1 and bidi controls: what a terminal would act on. */
const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

function printable(text: string): string {
  return text.replaceAll(
    controls,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Why the server did not start: what happened, why, and what to do next. Ends with a line feed. */
export function startReport(error: unknown): string {
  if (error instanceof SettingsError) {
    const issues = error.issues.flatMap(({ path, source, message, hint }) => [
      `  ${path} (${source})`,
      `    ${message}`,
      `    → ${hint}`,
    ]);
    return [`error: Invalid configuration`, ...issues, `  hint: ${error.hint}`, '']
      .map(printable)
      .join('\n');
  }
  if (error instanceof DirectoryError)
    return [`error: ${error.message}`, `  code: ${error.code}`, `  hint: ${error.hint}`, '']
      .map(printable)
      .join('\n');
  const name = error instanceof Error ? error.name : typeof error;
  return [
    `error: rollcall-server failed unexpectedly (${name}).`,
    '  code: E_INTERNAL',
    '  hint: This is a bug in rollcall. Please report it with this message.',
    '',
  ].join('\n');
}
