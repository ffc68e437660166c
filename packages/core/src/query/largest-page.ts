/** Graph's limit of `$top`: users in one page. */
export const largestPage = 999;
