/**
 * The users that a query is about; all users of the tenant when a query has none:
 *
 * - those deleted in the last 30 days;
 * - the members of a group, given by object ID or by its name; `transitive` includes the members of groups in it;
 * - those whose manager is a user, given by object ID or userPrincipalName.
 */
export type UserCollection =
  | 'deleted'
  | { readonly group: string; readonly transitive?: boolean | undefined }
  | { readonly reportsOf: string };
