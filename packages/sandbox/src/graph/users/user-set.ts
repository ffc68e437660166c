import type { Directory } from '../graph-request.ts';
import { findGroup } from '../find-group.ts';
import type { SetPath } from '../route.ts';
import { findUser } from './find-user.ts';
import { reportsOf } from './reports-of.ts';
import { pagesOfSome } from './some-user-pages.ts';
import type { UserPages } from './user-pages.ts';

/** Users that a path names, to be listed and counted. */
export interface UserSet {
  /** Page tokens are bound to it and to the options of the request. */
  readonly name: string;
  readonly pages: UserPages;
  /** Whether items state their type, because the path has no OData cast. */
  readonly isTyped: boolean;
  /** Whether it is a relation of an object: `$filter`, `$search` and `$orderby` need an advanced query. */
  readonly isRelation: boolean;
}

/** The collections by the `of` of their path. */
const sets: { readonly [of in SetPath['of']]: (directory: Directory, path: SetPath) => UserSet } = {
  users: ({ pages }) => ({ name: 'users', pages, isTyped: false, isRelation: false }),
  deleted({ people }) {
    const users = new Map(people.deleted().map((user) => [user.slot, user]));
    const pages = pagesOfSome({ slots: [...users.keys()], at: (slot) => users.get(slot) });
    return { name: 'deleted users', pages, isTyped: false, isRelation: false };
  },
  directReports: ({ people }, path) => {
    const manager = findUser(people, keyOf(path));
    const reports = reportsOf(people, manager).map(({ slot }) => slot);
    return relation(people, reports, path, manager.slot);
  },
  members: (directory, path) => membersOf(directory, path, false),
  transitiveMembers: (directory, path) => membersOf(directory, path, true),
};

function keyOf(path: SetPath): string {
  return 'key' in path ? path.key : '';
}

function relation(
  people: Directory['people'],
  slots: readonly number[],
  path: SetPath,
  owner: number | string,
): UserSet {
  const isTyped = 'isCast' in path && !path.isCast;
  return {
    name: `${path.of} of ${owner}${isTyped ? ', without cast' : ''}`,
    pages: pagesOfSome({ slots, at: (slot) => people.at(slot) }),
    isTyped,
    isRelation: true,
  };
}

function membersOf(directory: Directory, path: SetPath, isTransitive: boolean): UserSet {
  const group = findGroup(directory.groups, keyOf(path));
  return relation(directory.people, directory.groups.users(group, isTransitive), path, group.id);
}

/**
 * Returns the users that a path names.
 * @throws {GraphError} 404 when the object that has them does not exist
 */
export function setOf(path: SetPath, directory: Directory): UserSet {
  return sets[path.of](directory, path);
}
