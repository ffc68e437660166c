import { closestMatch } from 'leven';

function normalized(name: string): string {
  return name.replace(/[^a-z0-9]/giu, '').toLowerCase();
}

/**
 * Returns the one of `names` that `mistyped` was probably meant to be, ignoring case and punctuation.
 *
 * @example
 * nearestName('--fliter', ['filter', 'select']); // 'filter'
 */
export function nearestName(mistyped: string, names: readonly string[]): string | undefined {
  const target = normalized(mistyped.slice(0, 64));
  const maxDistance = Math.max(1, Math.min(3, Math.floor(target.length / 2)));
  const found = closestMatch(target, names.map(normalized), { maxDistance });
  return found === undefined ? undefined : names.find((name) => normalized(name) === found);
}
