import type { UserListing } from '../listing/listing.ts';

/** A listing of users with at least an ID and the selected properties. */
export type UserPages = Pick<UserListing<{ readonly id: string }>, 'pages'>;
