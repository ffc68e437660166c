/** The properties that Graph returns when nothing is selected, `id` first. Source: Graph's page on `GET /users`. */
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
