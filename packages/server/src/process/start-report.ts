import { DirectoryError, safeText, SettingsError } from '@rollcall/core';

/** Why the server did not start: what happened, why, and what to do next. Ends with a line feed. */
export function startReport(error: unknown): string {
  if (error instanceof SettingsError) {
    const issues = error.issues.flatMap(({ path, source, message, hint }) => [
      source === undefined ? `  ${path}` : `  ${path} (${source})`,
      `    ${message}`,
      `    → ${hint}`,
    ]);
    return [`error: Invalid configuration`, ...issues, `  hint: ${error.hint}`, '']
      .map(safeText)
      .join('\n');
  }
  if (error instanceof DirectoryError)
    return [`error: ${error.message}`, `  code: ${error.code}`, `  hint: ${error.hint}`, '']
      .map(safeText)
      .join('\n');
  const name = error instanceof Error ? error.name : typeof error;
  return [
    `error: rollcall-server failed unexpectedly (${name}).`,
    '  code: E_INTERNAL',
    '  hint: This is a bug in rollcall. Please report it with this message.',
    '',
  ].join('\n');
}
