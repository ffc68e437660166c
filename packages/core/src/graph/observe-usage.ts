import type { Layer } from './graph-request.ts';
import type { Pacing } from './pacing.ts';

/** Passes the share of the quota that a response states to the pacing. Graph states it from 80 % of the limit on. */
export function observeUsage(pacing: Pick<Pacing, 'observe'>): Layer {
  return (next) => async (request) => {
    const response = await next(request);
    const { status, headers } = response;
    const share = Number(headers['x-ms-throttle-limit-percentage'] ?? Number.NaN);
    // The response to a throttled request says it by its status.
    if (status !== 429) pacing.observe(Number.isFinite(share) ? share : undefined);
    return response;
  };
}
