import type { People, User } from '../../directory/people.ts';
import { managersOfEachOther } from '../../directory/tenant-skew.ts';

/** A manager has at most this many reports, whose slots follow from the manager's: see `People.managerOf`. */
const mostReports = 8;

/** Returns the users whose manager is `user`. */
export function reportsOf(people: People, { slot }: User): readonly User[] {
  const slots = Array.from({ length: mostReports }, (_, index) => slot * mostReports + 1 + index);
  return [...new Set([...managersOfEachOther, ...slots])]
    .toSorted((a, b) => a - b)
    .map((candidate) => people.at(candidate))
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => people.managerOf(candidate)?.slot === slot);
}
