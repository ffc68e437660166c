import type { Layer } from './graph-request.ts';

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
