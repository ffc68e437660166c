/** What Graph gives for a user when nothing is selected, `id` first (Graph's reference of `GET /users`). */
export const defaultProperties = [
  'id',
  'displayName',
  'userPrincipalName',
  'mail',
  'givenName',
  'surname',
  'jobTitle',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'businessPhones',
] as const;
