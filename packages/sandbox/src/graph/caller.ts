import type { AccessTokenVerdict } from '../identity/tokens/access-token-verdict.ts';
import {
  auditPermissionMissing,
  GraphError,
  insufficientPrivileges,
  premiumLicenseMissing,
} from './graph-error.ts';
import type { Unsettled } from './unsettled.ts';

/** The application that proved itself. */
export type Caller = Extract<AccessTokenVerdict, { valid: true }>;
type Refusal = Extract<AccessTokenVerdict, { valid: false }>['reason'];

/** 7.2. The first two are sourced; Graph's gateways word the others differently (UNVERIFIED). */
const refusals = {
  empty: 'Access token is empty.',
  expired: 'Lifetime validation failed, the token is expired.',
  audience: 'Access token validation failure. Invalid audience.',
  malformed: 'CompactToken parsing failed with error code: 80049217',
  signature: 'Access token validation failure. Invalid signature.',
} satisfies Record<Refusal, string>;

const graphAppId = '00000003-0000-0000-c000-000000000000';

export function requireValidToken(verdict: AccessTokenVerdict, origin: string): Caller {
  if (verdict.valid) return verdict;
  throw new GraphError(401, 'InvalidAuthenticationToken', refusals[verdict.reason], {
    'WWW-Authenticate': `Bearer realm="", authorization_uri="${origin}/common/oauth2/authorize", client_id="${graphAppId}"`,
  });
}

/** Application permissions that may read users, least first (S1). */
export const readingRoles = [
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

/** Application permissions that may read groups and their members, least first (reference of "List group members"). */
export const groupReadingRoles = [
  'GroupMember.Read.All',
  'Group.Read.All',
  'GroupMember.ReadWrite.All',
  'Group.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
] as const;

/** Whether the application can see more of users than their IDs. */
export function mayReadUsers({ roles }: Caller): boolean {
  return readingRoles.some((role) => roles.includes(role));
}

/** @throws {GraphError} 403 when the application may not read what a path names */
export function requireReadingRole({ roles }: Caller, what: 'users' | 'groups'): void {
  const allowed: readonly string[] = what === 'users' ? readingRoles : groupReadingRoles;
  if (!allowed.some((role) => roles.includes(role))) throw insufficientPrivileges();
}

/** @throws {GraphError} 403 when `signInActivity` needs a permission or a licence that is missing */
export function requireSignInActivity({ roles }: Caller, { tenantLicense }: Unsettled): void {
  if (!roles.includes('AuditLog.Read.All')) throw auditPermissionMissing();
  if (tenantLicense === 'free') throw premiumLicenseMissing();
}

/** The sandbox keeps no writes of clients, but Graph judges the permission before the method. */
export function requireWritingRole({ roles }: Caller): void {
  const writing = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
  if (!writing.some((role) => roles.includes(role))) throw insufficientPrivileges();
}
