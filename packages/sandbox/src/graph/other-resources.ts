import { GraphError, insufficientPrivileges } from './graph-error.ts';

/**
 * Collections and singletons of the v1.0 root that the sandbox has no data for, in Graph's spelling. An application
 * without the permissions for them gets 403; a path that Graph does not have gets 400.
 */
const rootResources = [
  'admin',
  'agreements',
  'appCatalogs',
  'applications',
  'applicationTemplates',
  'auditLogs',
  'certificateBasedAuthConfiguration',
  'communications',
  'connections',
  'contacts',
  'contracts',
  'deviceAppManagement',
  'deviceManagement',
  'devices',
  'directoryObjects',
  'directoryRoles',
  'directoryRoleTemplates',
  'domainDnsRecords',
  'domains',
  'drives',
  'education',
  'employeeExperience',
  'external',
  'groupLifecyclePolicies',
  'groupSettings',
  'groupSettingTemplates',
  'identity',
  'identityGovernance',
  'identityProtection',
  'identityProviders',
  'informationProtection',
  'invitations',
  'oauth2PermissionGrants',
  'organization',
  'permissionGrants',
  'places',
  'planner',
  'policies',
  'print',
  'privacy',
  'reports',
  'roleManagement',
  'schemaExtensions',
  'scopedRoleMemberships',
  'search',
  'security',
  'servicePrincipals',
  'shares',
  'sites',
  'solutions',
  'storage',
  'subscriptions',
  'teams',
  'teamsTemplates',
  'teamwork',
  'tenantRelationships',
] as const;

/** What `/directory` contains besides deleted items. */
const directoryResources = [
  'administrativeUnits',
  'attributeSets',
  'customSecurityAttributeDefinitions',
  'deviceLocalCredentials',
  'federationConfigurations',
  'onPremisesSynchronization',
  'publicKeyInfrastructure',
  'subscriptions',
] as const;

/** Relations, functions and actions of a user that the directory answers. */
const directoryRelations = [
  'agreementAcceptances',
  'appRoleAssignments',
  'assignLicense',
  'authentication',
  'changePassword',
  'checkMemberGroups',
  'checkMemberObjects',
  'cloudPCs',
  'createdObjects',
  'employeeExperience',
  'extensions',
  'getMemberGroups',
  'getMemberObjects',
  'licenseDetails',
  'managedDevices',
  'memberOf',
  'oauth2PermissionGrants',
  'ownedDevices',
  'ownedObjects',
  'registeredDevices',
  'reprocessLicenseAssignment',
  'restore',
  'retryServiceProvisioning',
  'revokeSignInSessions',
  'scopedRoleMemberOf',
  'sponsors',
  'transitiveMemberOf',
] as const;

/** Relations and actions of a user that Exchange answers, in its own words. */
const mailboxRelations = [
  'calendar',
  'calendarGroups',
  'calendars',
  'calendarView',
  'contactFolders',
  'contacts',
  'events',
  'findMeetingTimes',
  'inferenceClassification',
  'mailboxSettings',
  'mailFolders',
  'messages',
  'outlook',
  'people',
  'photo',
  'photos',
  'sendMail',
] as const;

const inLowerCase = (names: readonly string[]): ReadonlySet<string> =>
  new Set(names.map((name) => name.toLowerCase()));

const roots = inLowerCase(rootResources);
const inDirectory = inLowerCase(directoryResources);
const ofDirectory = inLowerCase(directoryRelations);
const ofMailbox = inLowerCase(mailboxRelations);

/** A resource of Graph that the sandbox has no data for. */
export type OtherResource = 'directory' | 'mailbox';

/** @param segment the first one of the path after the version, without a key in parentheses */
export function otherRoot(segment: string): OtherResource | undefined {
  return roots.has(segment.toLowerCase()) ? 'directory' : undefined;
}

/** @param segment the one after `/directory` */
export function otherOfDirectory(segment: string): OtherResource | undefined {
  return inDirectory.has(segment.toLowerCase()) ? 'directory' : undefined;
}

/** @param segment the one after a user's key; actions may have their namespace before the name */
export function otherRelation(segment: string): OtherResource | undefined {
  const name = segment
    .toLowerCase()
    .replace(/^microsoft\.graph\./u, '')
    .replace(/\(.*\)$/u, '');
  if (ofDirectory.has(name)) return 'directory';
  return ofMailbox.has(name) ? 'mailbox' : undefined;
}

/** Returns the error for an application that lacks the permissions for a resource. */
export function forbidden(resource: OtherResource): GraphError {
  return resource === 'directory'
    ? insufficientPrivileges()
    : new GraphError(
        403,
        'ErrorAccessDenied',
        'Access is denied. Check credentials and try again.',
      );
}
