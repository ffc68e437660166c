/** What a call has cost so far. */
export interface RequestMetrics {
  requests: number;
  retries: number;
  /** Spent waiting because the service said so, in milliseconds. */
  throttledMs: number;
  resourceUnits: number;
  /** Tokens that were new to us. */
  tokens: number;
  /** The service's names for the first and the last request that it named. */
  requestIds: readonly string[];
}

/** Begins at nothing, or where an earlier run of the same call ended. */
export function createRequestMetrics(earlier?: Readonly<RequestMetrics>): RequestMetrics {
  return {
    requests: earlier?.requests ?? 0,
    retries: earlier?.retries ?? 0,
    throttledMs: earlier?.throttledMs ?? 0,
    resourceUnits: earlier?.resourceUnits ?? 0,
    tokens: earlier?.tokens ?? 0,
    requestIds: earlier?.requestIds ?? [],
  };
}
