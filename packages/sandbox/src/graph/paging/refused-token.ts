import { GraphError } from '../graph-error.ts';

/** 2.3: seen on filtered default-mode lists of large tenants. */
export function expiredPageToken(): GraphError {
  return new GraphError(
    400,
    'Directory_ExpiredPageToken',
    'The specified page token value has expired and can no longer be included in your request.',
  );
}

/** 2.2. Status and wording by third parties only (S55): UNVERIFIED. */
export function pageTokenNotFound(): GraphError {
  return new GraphError(400, 'DirectoryPageTokenNotFoundException', 'The page token is not valid.');
}
