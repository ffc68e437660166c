import { collectionOf } from './collections/collection-of.ts';
import { readsSubscriptions, type RoleNeed } from './role-need.ts';
import type { UserQuery } from './user-query.ts';

/** Properties that need a permission of their own (Graph's reference of the user resource). */
const guarded: Readonly<Record<string, RoleNeed['anyOf']>> = {
  signInActivity: ['AuditLog.Read.All'],
  employeeLeaveDateTime: ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'],
  customSecurityAttributes: ['CustomSecAttributeAssignment.Read.All'],
};

/** All that a query needs, the collection itself first. */
export function rolesNeeded({
  of,
  licenses,
  license,
  select = [],
  filter = '',
  orderBy = [],
}: UserQuery): readonly RoleNeed[] {
  const mentioned = [...select, ...orderBy, filter].join(' ');
  return [
    ...collectionOf(of).needs,
    ...(licenses === true || license !== undefined ? [readsSubscriptions] : []),
    ...Object.entries(guarded)
      .filter(([property]) => new RegExp(`\\b${property}\\b`, 'u').test(mentioned))
      .map(([property, anyOf]) => ({ what: `reads ${property}`, anyOf })),
  ];
}

/** The least permission for each thing that a query asks for. */
export function leastRoles(query: UserQuery): readonly string[] {
  return rolesNeeded(query).map(({ anyOf: [least] }) => least);
}

/**
 * The permissions in a token: an application's `roles`, or what a user granted (`scp`) to a credential that was passed
 * in.
 */
export function rolesIn(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const { roles, scp } = claims;
  const granted = typeof scp === 'string' ? scp.split(' ') : [];
  const own = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  return [...own, ...granted].filter((role) => role !== '');
}

/** The needs of a query that none of the roles in a token meets. */
export function unmetNeeds(query: UserQuery, roles: readonly string[]): readonly RoleNeed[] {
  return rolesNeeded(query).filter(({ anyOf }) => !anyOf.some((role) => roles.includes(role)));
}
