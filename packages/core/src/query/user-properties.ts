/**
 * What Graph's tables say about filtering users, as far as it changes what we send or refuse (Graph's docs, "Advanced
 * query capabilities", tables of 2024-10-25, and the `user` resource page). A property that is not here is passed on:
 * Graph has extensions that we cannot know.
 */
export interface PropertyFacts {
  /** `eq` and `startsWith` work in the eventual index only. */
  readonly advanced?: true;
  /** `startsWith` does. */
  readonly advancedStartsWith?: true;
  /** `eq null` does. */
  readonly advancedNull?: true;
  /** `ge` and `le` do. */
  readonly advancedRange?: true;
  /** `ge` and `le` never work. */
  readonly noRange?: true;
  /** Works in the default index only. */
  readonly defaultOnly?: true;
  /** Only these operators and functions, in lower case. */
  readonly only?: readonly string[];
  /** Cannot be selected together with another property. */
  readonly alone?: true;
  readonly endsWith?: true;
}

const plain: PropertyFacts = {};
const nullable: PropertyFacts = { advancedNull: true };
const eventual: PropertyFacts = { advanced: true, advancedNull: true };
const flag: PropertyFacts = { noRange: true };

export const userProperties: Readonly<Record<string, PropertyFacts>> = {
  accountEnabled: flag,
  ageGroup: flag,
  assignedLicenses: flag,
  assignedPlans: { advanced: true, noRange: true },
  businessPhones: { advanced: true, noRange: true },
  city: nullable,
  companyName: eventual,
  country: nullable,
  createdDateTime: nullable,
  creationType: flag,
  department: nullable,
  displayName: nullable,
  employeeHireDate: { advancedRange: true },
  employeeId: nullable,
  employeeType: eventual,
  externalUserState: flag,
  faxNumber: eventual,
  givenName: nullable,
  id: { only: ['eq', 'ne', 'not', 'in'] },
  identities: { defaultOnly: true, noRange: true },
  imAddresses: plain,
  jobTitle: nullable,
  mail: { advancedNull: true, endsWith: true },
  mailNickname: nullable,
  mobilePhone: eventual,
  officeLocation: eventual,
  onPremisesExtensionAttributes: eventual,
  onPremisesImmutableId: plain,
  onPremisesLastSyncDateTime: plain,
  onPremisesSamAccountName: { advanced: true },
  onPremisesSecurityIdentifier: { advancedNull: true, noRange: true },
  onPremisesSyncEnabled: { advancedNull: true, noRange: true },
  otherMails: { endsWith: true },
  passwordPolicies: { advancedNull: true, noRange: true },
  postalCode: eventual,
  preferredLanguage: eventual,
  proxyAddresses: { endsWith: true },
  signInActivity: { alone: true },
  state: nullable,
  streetAddress: eventual,
  surname: nullable,
  usageLocation: nullable,
  userPrincipalName: { endsWith: true },
  userType: { advancedNull: true, noRange: true },
};

/** Only `GET /users/{id}` returns these; a request for the collection fails with 501. */
export const singleUserProperties: ReadonlySet<string> = new Set([
  'aboutMe',
  'birthday',
  'hireDate',
  'interests',
  'mySite',
  'pastProjects',
  'preferredName',
  'responsibilities',
  'schools',
  'skills',
  'mailboxSettings',
]);

/** What a listing can be sorted by, and whether that takes the eventual index. */
export const sortableProperties: Readonly<Record<string, { readonly advanced: boolean }>> = {
  displayName: { advanced: false },
  userPrincipalName: { advanced: false },
  createdDateTime: { advanced: true },
  deletedDateTime: { advanced: true },
};
