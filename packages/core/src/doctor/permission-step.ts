import { strategyOf } from '../credential/create-credential.ts';
import { PermissionError } from '../errors/permission-error.ts';
import type { Remedy } from '../errors/remedies.ts';
import type { RoleNeed } from '../query/role-need.ts';
import { rolesIn, unmetNeeds } from '../query/roles-needed.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { known, type Examined, type Step } from './step.ts';

/** Lists users with their basic properties; all others are null. Not in Graph's reference of "List users". */
const basic = 'User.ReadBasic.All';

function leastRoles(unmet: readonly RoleNeed[]): readonly string[] {
  return unmet.map(({ anyOf: [least] }) => least);
}

/** What to do so that the next token has the missing roles. */
function remedyFor(unmet: readonly RoleNeed[], { connection }: Examined): Remedy | string {
  const missing = leastRoles(unmet);
  const { application, credential } = connection;
  if (application !== undefined && strategyOf(credential.kind).isPlatformIdentity !== true)
    return {
      code: 'grant-permission',
      missing,
      adminConsentUrl: application.adminConsentUrl,
    };
  // A managed identity has no registration, so that the portal cannot grant it a permission.
  return credential.kind === 'external'
    ? { code: 'grant-permission', missing }
    : `Assign the application role ${missing.join(' and ')} of Microsoft Graph to the identity (docs/guides/authenticate-with-managed-identity.md has the command).`;
}

export const permissionStep: Step = {
  async examine(scenario) {
    const examined = known(scenario.examined);
    const { claims, query } = scenario;
    if (claims === null || claims === undefined)
      return {
        verdict: 'skipped',
        message: 'The token is opaque; the next step shows whether the permissions suffice.',
      };
    const roles = rolesIn(claims);
    const unmet = unmetNeeds(withDefaults(query ?? {}, examined.connection.query), roles);
    const missing = leastRoles(unmet);
    const facts = { roles, missing };
    const list = roles.join(', ');
    if (unmet.length === 0)
      return { verdict: 'ok', message: `The roles of the token suffice: ${list}.`, facts };
    const hint = remedyFor(unmet, examined);
    if (unmet.length === 1 && unmet[0]?.what === 'lists users' && roles.includes(basic))
      return {
        verdict: 'warning',
        message: `The token has the role ${basic}, with which most properties are empty.`,
        hint,
        facts,
      };
    throw new PermissionError({
      missing,
      adminConsentUrl: examined.connection.application?.adminConsentUrl,
      message:
        roles.length === 0
          ? 'The token has no roles: an administrator has not granted any permission to this application.'
          : `None of the roles of the token (${list}) ${unmet.map(({ what }) => what).join(' or ')}: ${missing.join(' and ')} is missing.`,
      hint,
    });
  },
};
