import { createHash } from 'node:crypto';

import type { UserQuery } from './user-query.ts';

/**
 * SHA-256 over tenant, cloud and query. Keys are sorted and absent parts omitted, so that spelling does not matter.
 */
export function fingerprint(tenant: string, cloud: string, query: UserQuery): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([tenant, cloud, parts]))
    .digest('hex');
}
