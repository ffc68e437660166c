import type { Platforms, Way } from './way.ts';

/** By where it runs. */
export function byPlatform({ managedIdentity }: Platforms): readonly Way[] {
  const { imds, appService, system, user } = managedIdentity;
  const machine = { AZURE_POD_IDENTITY_AUTHORITY_HOST: imds };
  const site = { IDENTITY_ENDPOINT: appService.endpoint, IDENTITY_HEADER: appService.header };
  const identities = {
    'the system’s own': { credential: {}, clientId: system.clientId },
    'by client id': { credential: { clientId: user.clientId }, clientId: user.clientId },
    'by object id': { credential: { objectId: user.objectId }, clientId: user.clientId },
    'by resource id': { credential: { resourceId: user.resourceId }, clientId: user.clientId },
  };
  return Object.entries({ 'a virtual machine': machine, 'App Service': site }).flatMap(
    ([where, env]) =>
      Object.entries(identities).map(([which, { credential, clientId }]) => ({
        name: `${where}, ${which}`,
        kind: 'managed-identity',
        credential,
        env,
        seen: { clientId, credential: 'managed-identity' },
      })),
  );
}
