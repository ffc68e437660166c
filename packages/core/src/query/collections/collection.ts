import type { RoleNeed } from '../role-need.ts';

/** A collection of users in Graph: everything in which it differs from `/users`. */
export interface Collection {
  /** Its path below the Graph root. The path without the first `/` names the collection in a receipt. */
  readonly path: `/${string}`;
  /** The permissions that it needs, the first of each kind being the least. */
  readonly needs: readonly RoleNeed[];
  /** Whether Graph omits properties without an error when one of `needs` is not met. */
  readonly isLimited?: boolean | undefined;
  /** Which of its queries have to be advanced queries in addition to those of `/users`: all, or those with a filter. */
  readonly advanced?: { readonly reason: string; readonly isAlways: boolean } | undefined;
  /** Whether ranges of properties divide it, so that it can be read in parallel. */
  readonly isDivisible: boolean;
  /** Properties that a listing without `select` reads in addition to the default ones. */
  readonly alsoSelected?: readonly string[] | undefined;
  /** The object that has the users; undefined when it is the tenant. */
  readonly owner?: CollectionOwner | undefined;
}

/** The object whose relation a collection is. */
export interface CollectionOwner {
  readonly type: 'user' | 'group';
  /** As the caller gave it. */
  readonly given: string;
  /** Whether it is given by its object ID, and not by a name that has to be looked up. */
  readonly isId: boolean;
}
