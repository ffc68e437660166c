function step(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  // Own properties only: a column `constructor` is empty, not a function.
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * One property of a user as the text of a cell. The rule for all tabular formats: `a.b` (or `a/b`) looks inside `a`;
 * null and absent are empty; an array of plain values is joined with `; `; what is deeper is JSON.
 */
export function cellOf(user: object, column: string): string {
  const value = Object.hasOwn(user, column)
    ? step(user, column)
    : column.split(/[./]/).reduce<unknown>(step, user);
  if (value === undefined || value === null) return '';
  if (isScalar(value)) return String(value);
  if (Array.isArray(value) && value.every(isScalar)) return value.join('; ');
  return JSON.stringify(value);
}
