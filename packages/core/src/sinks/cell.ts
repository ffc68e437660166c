/** Returns a member of an object; of each element of an array, without those that do not have it. */
function step(value: unknown, key: string): unknown {
  if (Array.isArray(value))
    return value.map((each) => step(each, key)).filter((each) => each !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const members = value as Readonly<Record<string, unknown>>;
  // Own properties only: a column `constructor` is empty, not a function.
  if (Object.hasOwn(value, key)) return members[key];
  // Names of extensions are not known: Graph ignores the case of a name in `$select` and returns its own.
  const wanted = key.toLowerCase();
  const found = Object.keys(value).find((name) => name.toLowerCase() === wanted);
  return found === undefined ? undefined : members[found];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/**
 * One property of a user as the text of a cell. The rule for all tabular formats: `a.b` (or `a/b`) looks inside `a`,
 * and inside each element if `a` is an array; null and absent are empty; an array of plain values is joined with
 * `; `; other values are JSON.
 * @param most the number of elements of an array that are shown; of the others, only their number
 */
export function cellOf(user: object, column: string, most = Infinity): string {
  const value = Object.hasOwn(user, column)
    ? step(user, column)
    : column.split(/[./]/).reduce<unknown>(step, user);
  if (value === undefined || value === null) return '';
  if (isScalar(value)) return String(value);
  if (Array.isArray(value) && value.every(isScalar))
    return value.length > most
      ? `${value.slice(0, most).join('; ')}; +${value.length - most}`
      : value.join('; ');
  return JSON.stringify(value);
}
