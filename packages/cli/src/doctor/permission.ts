import { known, type Step } from './step.ts';
import { Unwell } from './unwell.ts';

/** Any one of them lets an application list users; from Graph's reference of "List users", least privilege first. */
const enough = new Set([
  'User.ReadBasic.All',
  'User.Read.All',
  'User.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
]);

export const permission: Step = {
  name: 'permission',
  async examine(about) {
    const { claims } = about;
    if (claims === null || claims === undefined)
      return { verdict: 'skipped', says: 'The token cannot be read; the first user will show.' };
    const given = Array.isArray(claims['roles']) ? claims['roles'].map(String) : [];
    const useful = given.filter((role) => enough.has(role));
    if (useful.length > 0)
      return { verdict: 'ok', says: `The application has ${useful.join(', ')}.` };
    const { adminConsentUrl } = await about.context.core();
    throw new Unwell(
      'permission',
      given.length === 0
        ? 'The token has no application role at all: nobody has consented.'
        : `The token’s roles (${given.join(', ')}) do not let it list users.`,
      `Add the application permission User.Read.All to the registration, then have an administrator consent: ${adminConsentUrl(known(about.settings)).href}`,
    );
  },
};
