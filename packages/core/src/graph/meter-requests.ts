import type { Layer } from './graph-request.ts';

/** Counts what is really sent, resends included. */
export const meterRequests: Layer = (next) => async (request) => {
  const { metrics } = request;
  if (metrics === undefined) return next(request);
  metrics.requests += 1;
  const response = await next(request);
  const units = Number(response.headers['x-ms-resource-unit'] ?? 0);
  if (Number.isFinite(units)) metrics.resourceUnits += units;
  const id = response.headers['request-id'];
  const [first] = metrics.requestIds;
  if (id !== undefined) metrics.requestIds = [first ?? id, id];
  return response;
};
