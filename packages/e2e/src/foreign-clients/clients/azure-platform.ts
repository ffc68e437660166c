/**
 * Credentials that a platform provides, without a secret or a certificate. The environment has the variables that the
 * platform would set.
 *
 * usage: azure-platform.ts PARAMETERS.json managed|assigned|workload [CLIENT-ID]
 */
import { ManagedIdentityCredential, WorkloadIdentityCredential } from '@azure/identity';

import { readParameters } from './parameters.ts';
import { fetchUsers, printIds } from './print-ids.ts';

const [file = '', kind = '', clientId = ''] = process.argv.slice(2);
const parameters = readParameters(file);
const { origin, pathname } = new URL(parameters.authority);

const credentials = {
  managed: () => new ManagedIdentityCredential(),
  assigned: () => new ManagedIdentityCredential({ clientId }),
  workload: () =>
    new WorkloadIdentityCredential({
      tenantId: pathname.slice(1),
      clientId,
      authorityHost: origin,
      disableInstanceDiscovery: true,
    }),
};
const { token } = await credentials[kind as keyof typeof credentials]().getToken(parameters.scope);
printIds(await fetchUsers(parameters.endpoint, token));
