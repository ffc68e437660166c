import { createHash } from 'node:crypto';

import { systemClock, type Clock } from '../clock.ts';
import { derivedGuid } from '../identity/derived-guid.ts';
import type { Tenant } from '../identity/tenant/tenant.ts';
import type { SandboxOptions } from '../sandbox.ts';

/** What all parts of a sandbox need. */
export interface TenantContext {
  readonly clock: Clock;
  readonly tenant: Tenant;
  readonly tenantDomain: string;
  readonly seed: string;
  /** The same as a number of 32 bits. */
  readonly seedNumber: number;
}

/** Returns a 32-bit number for a seed: a number that fits, or a hash of any other text. */
function numberOf(seed: string): number {
  if (/^\d{1,9}$/u.test(seed)) return Number(seed);
  return createHash('sha256').update(seed).digest().readUInt32BE(0);
}

export function createTenantContext(options: SandboxOptions): TenantContext {
  const seed = String(options.seed ?? 1);
  const tenantDomain = options.tenantDomain ?? 'contoso.onmicrosoft.com';
  return {
    clock: options.clock ?? systemClock,
    seed,
    seedNumber: numberOf(seed),
    tenantDomain,
    tenant: {
      id: (options.tenantId ?? derivedGuid('tenant', seed)).toLowerCase(),
      displayName: 'Contoso',
      domains: [tenantDomain],
    },
  };
}
