import { GraphError } from '../graph-error.ts';
import type { Caller } from '../caller.ts';
import type { QueryOptions } from '../query/query-options.ts';
import type { Throttle, Verdict } from './throttle.ts';

interface Charge {
  readonly caller: Caller;
  readonly tenantId: string;
  readonly resourceUnits: number;
  readonly options: QueryOptions;
  /** The `x-ms-throttle-priority` header. */
  readonly priority: string | undefined;
}

function refuse({ caller, tenantId }: Charge, seconds: number, limit: string): GraphError {
  return new GraphError(
    429,
    'TooManyRequests',
    'Please retry again later.',
    {
      'Retry-After': String(seconds),
      'x-ms-throttle-scope': `Tenant_Application/ReadWrite/${caller.appId}/${tenantId}`,
      'x-ms-throttle-information': limit,
    },
    { code: '429', message: 'Please retry after', status: '429' },
  );
}

function readsSignInActivity({ $select, $filter }: QueryOptions): boolean {
  return /\bsignInActivity\b/.test(`${$select ?? ''} ${$filter ?? ''}`);
}

/**
 * Charges a request.
 * @returns headers for its answer (6.3)
 * @throws {GraphError} 429 with `Retry-After` and the `x-ms-throttle-*` headers
 */
export function requireQuota(throttle: Throttle, charge: Charge): Record<string, string> {
  const { caller, resourceUnits, priority, options } = charge;
  const verdicts: Verdict[] = [
    throttle.charge(caller.appId, resourceUnits, priority?.toLowerCase()),
  ];
  if (readsSignInActivity(options)) verdicts.push(throttle.chargeSignInActivity(caller.appId));
  const refused = verdicts.filter((verdict) => !verdict.allowed);
  if (refused.length > 0) {
    const seconds = Math.max(...refused.map(({ retryAfterSeconds }) => retryAfterSeconds));
    throw refuse(charge, seconds, 'ResourceUnitLimitExceeded');
  }
  const [first] = verdicts;
  return first?.allowed === true && first.percentage !== undefined
    ? { 'x-ms-throttle-limit-percentage': first.percentage.toFixed(2) }
    : {};
}
