import { userProperties } from './user-properties.ts';
import type { UserQuery } from './user-query.ts';

/**
 * The properties and relations of a user in Graph's v1.0 schema that no other table contains, and the members of
 * complex properties. Source: the `user` resource and its complex types, v1.0 metadata of 2026-08.
 */
const otherNames = `
  aboutMe authorizationInfo birthday consentProvidedForMinor customSecurityAttributes deletedDateTime
  deviceEnrollmentLimit employeeLeaveDateTime employeeOrgData externalUserStateChangeDateTime hireDate interests
  isManagementRestricted isResourceAccount lastPasswordChangeDateTime legalAgeGroupClassification
  licenseAssignmentStates licenseDetails mailboxSettings mySite onPremisesDistinguishedName onPremisesDomainName
  onPremisesProvisioningErrors onPremisesUserPrincipalName passwordProfile pastProjects preferredDataLocation
  preferredName provisionedPlans responsibilities schools securityIdentifier serviceProvisioningErrors
  showInAddressList signInSessionsValidFromDateTime skills
  manager directReports memberOf transitiveMemberOf sponsors ownedObjects createdObjects extensions
  skuId disabledPlans servicePlanId capabilityStatus assignedDateTime service certificateUserIds costCenter division
  issuer issuerAssignedId signInType lastSignInDateTime lastSignInRequestId lastNonInteractiveSignInDateTime
  lastNonInteractiveSignInRequestId lastSuccessfulSignInDateTime lastSuccessfulSignInRequestId
`.trim();

const extensionAttributes = Array.from({ length: 15 }, (_, at) => `extensionAttribute${at + 1}`);

/** Graph's spelling of each known name, by the name in lower case. */
const spellings: ReadonlyMap<string, string> = new Map(
  [...Object.keys(userProperties), ...otherNames.split(/\s+/u), ...extensionAttributes].map(
    (name) => [name.toLowerCase(), name],
  ),
);

/**
 * Returns a property name, or a path of names, in Graph's spelling. Graph ignores the case of names in a query and
 * returns its own spelling, so that a column `displayname` would be empty. Unknown names, such as those of extensions,
 * are returned as they are.
 */
export function spelled(path: string): string {
  return path.replaceAll(/[A-Za-z]\w*/gu, (name) => spellings.get(name.toLowerCase()) ?? name);
}

/** Returns a filter with the names outside its texts in Graph's spelling. */
function spelledFilter(filter: string): string {
  return filter.replaceAll(/'(?:[^']|'')*'|[^']+/gu, (part) =>
    part.startsWith("'") ? part : spelled(part),
  );
}

/**
 * Returns a query with all known property names in Graph's spelling.
 *
 * @example
 * spelledQuery({ select: ['displayname'], orderBy: ['DisplayName desc'] });
 * // { select: ['displayName'], orderBy: ['displayName desc'] }
 */
export function spelledQuery(query: UserQuery): UserQuery {
  const { select, filter, orderBy, expand } = query;
  const parts = {
    select: select?.map(spelled),
    filter: filter === undefined ? undefined : spelledFilter(filter),
    orderBy: orderBy?.map(spelled),
    expand: expand === undefined ? undefined : spelled(expand),
  };
  const present = Object.entries(parts).filter(([, value]) => value !== undefined);
  return { ...query, ...Object.fromEntries(present) };
}
