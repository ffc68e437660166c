import type { RoleNeed } from '../role-need.ts';

/** A collection of users in Graph: everything in which it differs from `/users`. */
export interface Collection {
  /** Its path below the Graph root. The path without the first `/` names the collection in a receipt. */
  readonly path: `/${string}`;
  /** The permissions that it needs, the first of each kind being the least. */
  readonly needs: readonly RoleNeed[];
  /** Why each of its queries is an advanced query; undefined when only those of `/users` are. */
  readonly advanced?: string | undefined;
  /** Whether ranges of properties divide it, so that it can be read in parallel. */
  readonly isDivisible: boolean;
  /** Properties that a listing without `select` reads in addition to the default ones. */
  readonly alsoSelected?: readonly string[] | undefined;
  /** The object that has the users; undefined when it is the tenant. */
  readonly owner?: CollectionOwner | undefined;
}

/** The object whose relation a collection is. */
export interface CollectionOwner {
  readonly type: 'user';
  /** As the caller gave it. */
  readonly given: string;
  /** Whether it is given by its object ID, and not by a name that has to be looked up. */
  readonly isId: boolean;
}
