import { GraphError } from '../graph-error.ts';

/**
 * What the fault engine may ask of one page, where rewriting the answer afterwards would lose users or come too late:
 * a legal page of half the size, tokens that are refused (2.2, 2.3), later pages that lack properties (2.3).
 */
export const disturbances = [
  'short-page',
  'expired-token',
  'token-not-found',
  'sparse-page',
] as const;
export type Disturbance = (typeof disturbances)[number];

export function expiredPageToken(): GraphError {
  return new GraphError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
}

/** Status and wording by third parties only (S55): UNVERIFIED. */
export function pageTokenNotFound(): GraphError {
  return new GraphError(400, 'DirectoryPageTokenNotFoundException', 'The page token is not valid.');
}

/** @throws {GraphError} when the request's page token is to be refused */
export function refuseToken(disturbance: Disturbance | undefined): void {
  if (disturbance === 'expired-token') throw expiredPageToken();
  if (disturbance === 'token-not-found') throw pageTokenNotFound();
}
