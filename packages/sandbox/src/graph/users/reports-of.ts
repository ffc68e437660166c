import type { People, User } from '../../directory/people.ts';

/** A manager has at most this many reports, whose slots follow from the manager's: see `People.managerOf`. */
const mostReports = 8;

/** Returns the users whose manager is `user`. */
export function reportsOf(people: People, { slot }: User): readonly User[] {
  return Array.from({ length: mostReports }, (_, index) =>
    people.at(slot * mostReports + 1 + index),
  )
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => people.managerOf(candidate)?.slot === slot);
}
