import type { People, User } from '../../directory/people.ts';
import type { Directory } from '../graph-request.ts';
import { findUser } from './get-user.ts';
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
}

export function allUsers({ pages }: Directory): UserSet {
  return { name: 'users', pages, isTyped: false };
}

function someUsers(name: string, users: readonly User[], isTyped = false): UserSet {
  return { name, pages: pagesOfSome(users), isTyped };
}

/** `/directory/deletedItems/microsoft.graph.user`: the cast is a required part of the path. */
export function deletedUsers(people: People): UserSet {
  return someUsers('deleted users', people.deleted());
}

/**
 * `/users/{id}/directReports`, with and without the cast `/microsoft.graph.user`.
 * @throws {GraphError} 404 for an unknown user
 */
export function directReports(people: People, key: string, isCast: boolean): UserSet {
  const manager = findUser(people, key);
  const name = `direct reports of ${manager.slot}${isCast ? '' : ', without cast'}`;
  return someUsers(name, reportsOf(people, manager), !isCast);
}
