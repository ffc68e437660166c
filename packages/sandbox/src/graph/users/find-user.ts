import type { People, User } from '../../directory/people.ts';
import { resourceNotFound } from '../graph-error.ts';

/** @throws {GraphError} 404 */
export function findUser(people: People, key: string): User {
  const user = people.byId(key) ?? people.byPrincipalName(key);
  if (user === undefined) throw resourceNotFound(key);
  return user;
}
