import { join } from 'node:path';

import type { Tenant } from '../../tenant.ts';
import { byCertificate } from './by-certificate.ts';
import { byFederation } from './by-federation.ts';
import { byOffer } from './by-offer.ts';
import { byPlatform } from './by-platform.ts';
import { bySecret } from './by-secret.ts';
import type { At, Platforms, Way } from './way.ts';

/** Every way there is, with the files that they need written into the tenant's folder. */
export async function signInWays(
  tenant: Tenant,
): Promise<{ readonly ways: readonly Way[]; readonly platforms: Platforms }> {
  const platforms = (await (await fetch(`${tenant.control}/tenant`)).json()) as Platforms;
  const at: At = (name) => join(tenant.folder, name);
  const ways = [
    ...(await bySecret(tenant, at)),
    ...(await byCertificate(tenant, at)),
    ...(await byFederation(tenant, platforms, at)),
    ...byPlatform(platforms),
  ];
  return { ways: [...ways, ...byOffer(ways, platforms)], platforms };
}
