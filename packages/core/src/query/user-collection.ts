/**
 * The users that a query is about: those deleted in the last 30 days, or those who report to a user, given by object ID
 * or userPrincipalName. All users of the tenant when a query has none.
 */
export type UserCollection = 'deleted' | { readonly reportsOf: string };
