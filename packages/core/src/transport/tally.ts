import type { Layer } from './send.ts';

/** What a call has cost so far. */
export interface Tally {
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
export function createTally(earlier?: Readonly<Tally>): Tally {
  return {
    requests: earlier?.requests ?? 0,
    retries: earlier?.retries ?? 0,
    throttledMs: earlier?.throttledMs ?? 0,
    resourceUnits: earlier?.resourceUnits ?? 0,
    tokens: earlier?.tokens ?? 0,
    requestIds: earlier?.requestIds ?? [],
  };
}

/** Counts what is really sent, resends included. */
export const count: Layer = (next) => async (request) => {
  const { tally } = request;
  if (tally === undefined) return next(request);
  tally.requests += 1;
  const response = await next(request);
  const units = Number(response.headers['x-ms-resource-unit'] ?? 0);
  if (Number.isFinite(units)) tally.resourceUnits += units;
  const id = response.headers['request-id'];
  const [first] = tally.requestIds;
  if (id !== undefined) tally.requestIds = [first ?? id, id];
  return response;
};
