import { DirectoryError } from '../errors/directory-error.ts';
import { rolesIn, unmetNeeds, type RoleNeed } from '../query/roles-needed.ts';
import { withDefaults } from '../query/with-defaults.ts';
import { known, type Examined, type Step } from './step.ts';

/** Lists users with their basic properties; what it leaves out comes as null. Not in Graph's reference of "List users". */
const basic = 'User.ReadBasic.All';

function leastOf(unmet: readonly RoleNeed[]): string {
  return unmet.map(({ anyOf: [least] }) => least).join(' and ');
}

/** What somebody has to do so that the next token has what is missing. */
function remedy(unmet: readonly RoleNeed[], { connection }: Examined): string {
  const roles = leastOf(unmet);
  const { application, credential } = connection;
  // A managed identity has no registration, so that the portal cannot grant it a permission.
  if (
    credential.kind === 'managed-identity' ||
    (application === undefined && credential.kind !== 'external')
  )
    return `Assign the application role ${roles} of Microsoft Graph to the identity (docs/credentials.md has the command).`;
  const permission = `the application permission ${roles}`;
  if (application === undefined)
    return `Grant ${permission} to the application of the credential that was passed in, and have an administrator consent.`;
  return `Add ${permission} to the registration (App registrations › ${application.clientId} › API permissions), then have an administrator consent: ${application.adminConsentUrl}`;
}

export const permissionStep: Step = {
  async examine(about) {
    const examined = known(about.examined);
    const { claims, query } = about;
    if (claims === null || claims === undefined)
      return { verdict: 'skipped', says: 'The token cannot be read; the first user will show.' };
    const roles = rolesIn(claims);
    const asked = withDefaults(query ?? {}, examined.connection.query);
    const unmet = unmetNeeds(asked, roles);
    const facts = { roles, missing: unmet.map(({ anyOf: [least] }) => least) };
    if (unmet.length === 0)
      return { verdict: 'ok', says: `The token's roles (${roles.join(', ')}) are enough.`, facts };
    if (unmet.length === 1 && unmet[0]?.what === 'lists users' && roles.includes(basic))
      return {
        verdict: 'warning',
        says: `The token has ${basic}, by which most properties come empty.`,
        remedy: remedy(unmet, examined),
        facts,
      };
    throw new DirectoryError(
      'E_FORBIDDEN',
      roles.length === 0
        ? 'The token has no role at all: nobody has consented to a permission of this application.'
        : `None of the token's roles (${roles.join(', ')}) ${unmet.map(({ what }) => what).join(' or ')}: ${leastOf(unmet)} is missing.`,
      { hint: remedy(unmet, examined) },
    );
  },
};
