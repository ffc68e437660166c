import type { UserPropertyName } from '../../directory/user-values.ts';

/** Where an operator works: `default` includes advanced queries; `default-only` does not. */
export type Mode = 'default' | 'advanced' | 'default-only';

/** What the directory's index can do with one property. An operator that a row leaves out is refused. */
export interface FilterSupport {
  readonly type: 'string' | 'boolean' | 'dateTime' | 'guid';
  /** Also decides `in`; `ne` and `not` always need an advanced query. */
  readonly eq?: Mode;
  readonly startsWith?: Mode;
  readonly endsWith?: Mode;
  /** `ge` and `le`. */
  readonly range?: Mode | 'principal-name' | 'page-only';
  /** False: a date without a time is another type. */
  readonly dateOnly?: false;
  /** `eq null`. */
  readonly null?: Mode;
  /** A collection: filtered through `any`. The member that the lambda reads; '' for the item itself. */
  readonly item?: string;
  /** More members that the lambda can read, with their types. */
  readonly members?: Readonly<Record<string, FilterSupport['type']>>;
}

const text = { type: 'string', eq: 'default', startsWith: 'default', null: 'advanced' } as const;
const paged = { ...text, range: 'page-only' } as const;
const advancedText = {
  type: 'string',
  eq: 'advanced',
  startsWith: 'advanced',
  null: 'advanced',
} as const;
const items = { type: 'string', eq: 'default', startsWith: 'default', item: '' } as const;

/** Table 1.3: Microsoft's generated table first, the resource page where the table is silent. */
export const filterSupport = {
  accountEnabled: { type: 'boolean', eq: 'default' },
  ageGroup: { type: 'string', eq: 'default' },
  assignedLicenses: { type: 'guid', eq: 'default', item: 'skuId' },
  assignedPlans: {
    type: 'string',
    eq: 'advanced',
    startsWith: 'advanced',
    item: 'service',
    members: { servicePlanId: 'guid', capabilityStatus: 'string' },
  },
  authorizationInfo: { type: 'string', eq: 'advanced', startsWith: 'advanced', item: '' },
  businessPhones: { type: 'string', eq: 'advanced', startsWith: 'advanced', item: '' },
  city: paged,
  companyName: { ...advancedText, range: 'page-only' },
  country: paged,
  createdDateTime: { type: 'dateTime', eq: 'default', range: 'default', null: 'advanced' },
  creationType: { type: 'string', eq: 'default' },
  deletedDateTime: { type: 'dateTime', range: 'page-only' },
  department: paged,
  displayName: paged,
  employeeHireDate: { type: 'dateTime', eq: 'advanced', range: 'advanced', dateOnly: false },
  employeeId: { type: 'string', eq: 'default', null: 'advanced', range: 'page-only' },
  employeeOrgData: { type: 'string', eq: 'advanced' },
  employeeType: { type: 'string', eq: 'advanced', range: 'page-only' },
  externalUserState: { type: 'string', eq: 'default' },
  faxNumber: { ...advancedText, range: 'page-only' },
  givenName: paged,
  id: { type: 'string', eq: 'default' },
  identities: {
    type: 'string',
    eq: 'default-only',
    null: 'default-only',
    item: 'issuer',
    members: { issuerAssignedId: 'string' },
  },
  imAddresses: items,
  isResourceAccount: { type: 'boolean', eq: 'default' },
  jobTitle: paged,
  mail: { ...paged, endsWith: 'advanced' },
  mailNickname: paged,
  mobilePhone: { ...advancedText, range: 'page-only' },
  officeLocation: { ...advancedText, range: 'page-only' },
  onPremisesDistinguishedName: { type: 'string', eq: 'advanced', startsWith: 'advanced' },
  onPremisesExtensionAttributes: { ...advancedText, range: 'page-only' },
  onPremisesImmutableId: { type: 'string', eq: 'default', range: 'page-only' },
  onPremisesLastSyncDateTime: { type: 'dateTime', range: 'default' },
  onPremisesSamAccountName: {
    type: 'string',
    eq: 'advanced',
    startsWith: 'advanced',
    range: 'page-only',
  },
  onPremisesSecurityIdentifier: { type: 'string', eq: 'default', null: 'advanced' },
  onPremisesSyncEnabled: { type: 'boolean', eq: 'default', null: 'advanced' },
  otherMails: { ...items, endsWith: 'advanced' },
  passwordPolicies: { type: 'string', null: 'advanced' },
  postalCode: { ...advancedText, range: 'page-only' },
  preferredLanguage: { type: 'string', eq: 'advanced', null: 'advanced', range: 'page-only' },
  proxyAddresses: { ...items, endsWith: 'advanced' },
  showInAddressList: { type: 'boolean', eq: 'advanced' },
  signInActivity: { type: 'dateTime', range: 'default' },
  state: { type: 'string', eq: 'default', null: 'advanced', range: 'page-only' },
  streetAddress: { ...advancedText, range: 'page-only' },
  surname: paged,
  usageLocation: paged,
  userPrincipalName: {
    type: 'string',
    eq: 'default',
    startsWith: 'default',
    endsWith: 'advanced',
    range: 'principal-name',
  },
  userType: { type: 'string', eq: 'default', null: 'advanced' },
} satisfies { readonly [name in UserPropertyName]?: FilterSupport };

/** Collections inside a complex property: the path to each. */
export const nestedCollections: ReadonlySet<string> = new Set([
  'authorizationInfo/certificateUserIds',
]);

/** Members of complex properties that a path may continue with. */
export const nestedMembers: { readonly [name in UserPropertyName]?: RegExp } = {
  employeeOrgData: /^(?:costCenter|division)$/,
  onPremisesExtensionAttributes: /^extensionAttribute(?:[1-9]|1[0-5])$/,
  signInActivity: /^last(?:Successful)?SignInDateTime$/,
};
