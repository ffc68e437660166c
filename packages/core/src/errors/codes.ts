/** Who must act. A front end derives its exit code or HTTP status from the category. */
export type ErrorCategory =
  /** The caller: invalid settings or an invalid query. */
  | 'usage'
  /** The person who maintains the application's credential. */
  | 'authentication'
  /** An administrator who grants permissions in the tenant. */
  | 'permission'
  /** Wait: the service or the network is unavailable. */
  | 'service'
  /** Investigate: a response must not be trusted, or a result could not be verified. */
  | 'integrity'
  /** The person who administers the disk or the reader of the output. */
  | 'output'
  /** The user or the group does not exist. */
  | 'not-found';

/** Every error code with its category. docs/reference/errors.md describes each of them, and a test compares the two. */
export const codes = {
  E_SETTINGS: 'usage',
  E_QUERY: 'usage',
  E_CREDENTIAL: 'authentication',
  E_TOKEN_REFUSED: 'authentication',
  E_TOKEN_BAD: 'authentication',
  E_UNAUTHORIZED: 'authentication',
  E_FORBIDDEN: 'permission',
  E_ACCESS_DENIED: 'permission',
  E_NO_SUCH_USER: 'not-found',
  E_NO_SUCH_GROUP: 'not-found',
  E_AMBIGUOUS_GROUP: 'usage',
  E_BAD_REQUEST: 'usage',
  E_GATEWAY: 'usage',
  E_RESUME: 'usage',
  E_EXPORT: 'usage',
  E_THROTTLED: 'service',
  E_UNAVAILABLE: 'service',
  E_PAGE_LINK_EXPIRED: 'service',
  E_DELTA_RESET: 'service',
  E_NETWORK: 'service',
  E_PROXY: 'service',
  E_TIMEOUT: 'service',
  E_DEADLINE: 'service',
  E_TLS: 'integrity',
  E_REDIRECT: 'integrity',
  E_FOREIGN_LINK: 'integrity',
  E_BAD_BODY: 'integrity',
  E_PROTOCOL: 'integrity',
  E_UNRECONCILED: 'integrity',
  E_UNVERIFIED_EXPORT: 'integrity',
  E_MASS_DELETE: 'integrity',
  E_OUTPUT: 'output',
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof codes;
