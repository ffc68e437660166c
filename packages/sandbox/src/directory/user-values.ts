/** A property's value in the JSON of Graph. */
export type UserValue =
  | string
  | boolean
  | null
  | readonly UserValue[]
  | { readonly [name: string]: UserValue };

/** Every property of a user that the sandbox keeps, in the order in which Graph writes a default answer first. */
export const userProperties = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
  'accountEnabled',
  'ageGroup',
  'assignedLicenses',
  'assignedPlans',
  'city',
  'companyName',
  'consentProvidedForMinor',
  'country',
  'createdDateTime',
  'creationType',
  'deletedDateTime',
  'department',
  'employeeHireDate',
  'employeeId',
  'employeeOrgData',
  'employeeType',
  'externalUserState',
  'externalUserStateChangeDateTime',
  'faxNumber',
  'identities',
  'imAddresses',
  'isResourceAccount',
  'lastPasswordChangeDateTime',
  'legalAgeGroupClassification',
  'mailNickname',
  'onPremisesDistinguishedName',
  'onPremisesDomainName',
  'onPremisesExtensionAttributes',
  'onPremisesImmutableId',
  'onPremisesLastSyncDateTime',
  'onPremisesProvisioningErrors',
  'onPremisesSamAccountName',
  'onPremisesSecurityIdentifier',
  'onPremisesSyncEnabled',
  'onPremisesUserPrincipalName',
  'otherMails',
  'passwordPolicies',
  'passwordProfile',
  'postalCode',
  'preferredDataLocation',
  'provisionedPlans',
  'proxyAddresses',
  'securityIdentifier',
  'showInAddressList',
  'signInActivity',
  'signInSessionsValidFromDateTime',
  'state',
  'streetAddress',
  'usageLocation',
  'userType',
  'authorizationInfo',
  'customSecurityAttributes',
  'employeeLeaveDateTime',
  'isManagementRestricted',
  'licenseAssignmentStates',
  'serviceProvisioningErrors',
] as const;

/** Kept outside the directory store: only a single user has them (S1). The sandbox keeps them empty. */
export const singleUserProperties = [
  'aboutMe',
  'birthday',
  'deviceEnrollmentLimit',
  'hireDate',
  'interests',
  'mailboxSettings',
  'mySite',
  'pastProjects',
  'preferredName',
  'print',
  'responsibilities',
  'schools',
  'skills',
] as const;

export type UserPropertyName = (typeof userProperties)[number];

/** What a change sets: only the named properties. */
export type UserValues = { readonly [name in UserPropertyName]?: UserValue };
