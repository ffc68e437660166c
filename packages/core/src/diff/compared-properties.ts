import { ExportError } from '../errors/export-error.ts';
import type { ExportHead } from './export-head.ts';

export interface PropertyChoice {
  /** Compare these properties only. */
  readonly only?: readonly string[] | undefined;
  /** Do not compare these properties. */
  readonly ignore?: readonly string[] | undefined;
}

export interface ComparedProperties {
  readonly properties: readonly string[];
  /** Properties that only one of the exports has. They are not compared. */
  readonly uncompared: readonly string[];
}

/** `manager` names `manager.displayName` too. Names are accepted in any case. */
function isNamed(property: string, names: readonly string[]): boolean {
  const lowerCase = property.toLowerCase();
  return names.some((name) => {
    const wanted = name.toLowerCase();
    return lowerCase === wanted || lowerCase.startsWith(`${wanted}.`);
  });
}

/** Whether an export has a property: of JSON formats, the part before the first dot. */
function has({ properties, separated }: ExportHead, name: string): boolean {
  if (properties.has(name)) return true;
  return separated === undefined && properties.has(name.split(/[./]/u)[0] ?? name);
}

/**
 * Selects the properties that are compared: those that both exports have, without `id`.
 * @throws {ExportError} when `only` or `ignore` names a property that neither export has, or nothing is left to compare
 */
export function comparedProperties(
  newPath: string,
  [old, current]: readonly [ExportHead, ExportHead],
  { only, ignore = [] }: PropertyChoice,
): ComparedProperties {
  const tabular = [current, old].find(({ separated }) => separated !== undefined) ?? current;
  const other = tabular === current ? old : current;
  const all = new Set([...old.properties, ...current.properties]);
  const unknown = [...(only ?? []), ...ignore].filter(
    (name) => ![...all].some((property) => isNamed(property, [name])),
  );
  if (unknown.length > 0) {
    const hint = `Choose from the properties of the exports: ${[...all].toSorted().join(', ')}.`;
    throw new ExportError(
      newPath,
      `has no property ${unknown.join(', ')}, nor has the other export`,
      hint,
    );
  }
  const shared = [...tabular.properties].filter((name) => name !== 'id' && has(other, name));
  const chosen = shared.filter(
    (name) => (only === undefined || isNamed(name, only)) && !isNamed(name, ignore),
  );
  const sharedSet = new Set(shared.map((name) => name.split(/[./]/u)[0] ?? name));
  const uncompared = [...all].filter(
    (name) => name !== 'id' && !shared.includes(name) && !sharedSet.has(name),
  );
  return { properties: chosen, uncompared };
}
