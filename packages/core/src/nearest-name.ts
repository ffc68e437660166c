import { closestMatch } from 'leven';

function plain(name: string): string {
  return name.replace(/[^a-z0-9]/giu, '').toLowerCase();
}

/** The one of `names` that `written` was probably meant to be, case and punctuation aside. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const target = plain(written.slice(0, 64));
  const maxDistance = Math.max(1, Math.min(3, Math.floor(target.length / 2.5)));
  const found = closestMatch(target, names.map(plain), { maxDistance });
  return found === undefined ? undefined : names.find((name) => plain(name) === found);
}
