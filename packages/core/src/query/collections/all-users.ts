import { listsUsers } from '../role-need.ts';
import type { Collection } from './collection.ts';

/** All users of the tenant. */
export const allUsers: Collection = { path: '/users', needs: [listsUsers], isDivisible: true };
