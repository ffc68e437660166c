import { singleUserProperties, userProperties } from './user-values.ts';

/** Properties with another type than text, in the notation of CSDL; names that end with `DateTime` are times. */
const types: Readonly<Record<string, string>> = {
  accountEnabled: 'Edm.Boolean',
  assignedLicenses: 'Collection(graph.assignedLicense)',
  assignedPlans: 'Collection(graph.assignedPlan)',
  authorizationInfo: 'graph.authorizationInfo',
  birthday: 'Edm.DateTimeOffset',
  businessPhones: 'Collection(Edm.String)',
  customSecurityAttributes: 'graph.customSecurityAttributeValue',
  deviceEnrollmentLimit: 'Edm.Int32',
  employeeHireDate: 'Edm.DateTimeOffset',
  employeeOrgData: 'graph.employeeOrgData',
  hireDate: 'Edm.DateTimeOffset',
  identities: 'Collection(graph.objectIdentity)',
  imAddresses: 'Collection(Edm.String)',
  interests: 'Collection(Edm.String)',
  isManagementRestricted: 'Edm.Boolean',
  isResourceAccount: 'Edm.Boolean',
  licenseAssignmentStates: 'Collection(graph.licenseAssignmentState)',
  mailboxSettings: 'graph.mailboxSettings',
  onPremisesExtensionAttributes: 'graph.onPremisesExtensionAttributes',
  onPremisesProvisioningErrors: 'Collection(graph.onPremisesProvisioningError)',
  onPremisesSyncEnabled: 'Edm.Boolean',
  otherMails: 'Collection(Edm.String)',
  passwordProfile: 'graph.passwordProfile',
  pastProjects: 'Collection(Edm.String)',
  print: 'graph.userPrint',
  provisionedPlans: 'Collection(graph.provisionedPlan)',
  proxyAddresses: 'Collection(Edm.String)',
  responsibilities: 'Collection(Edm.String)',
  schools: 'Collection(Edm.String)',
  serviceProvisioningErrors: 'Collection(graph.serviceProvisioningError)',
  showInAddressList: 'Edm.Boolean',
  signInActivity: 'graph.signInActivity',
  skills: 'Collection(Edm.String)',
};

/** Returns the type of a property of a user in the notation of CSDL. */
export function typeOfProperty(name: string): string {
  return types[name] ?? (name.endsWith('DateTime') ? 'Edm.DateTimeOffset' : 'Edm.String');
}

export function isCollection(name: string): boolean {
  return typeOfProperty(name).startsWith('Collection(');
}

/** Every property of a user that the sandbox knows. */
export const knownProperties: readonly string[] = [...userProperties, ...singleUserProperties];
