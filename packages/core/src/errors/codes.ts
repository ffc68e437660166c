/** Who must act. Front ends map a category to an exit code or an HTTP status, and nothing finer. */
export type ErrorCategory =
  /** The caller: settings or query. */
  | 'usage'
  /** Whoever keeps the credential. */
  | 'authentication'
  /** Whoever consents for the tenant. */
  | 'permission'
  /** Nobody: the service or the network gave up; try later. */
  | 'service'
  /** An answer that must not be trusted. */
  | 'integrity'
  /** Whoever owns the disk or the reader. */
  | 'output'
  /** Another run holds what this one needs. */
  | 'locked'
  /** There is no such user. */
  | 'not-found';

/** Every error code there is, with its category. docs/errors.md describes each; a test holds it to that. */
export const codes = {
  E_SETTINGS: 'usage',
  E_QUERY: 'usage',
  E_CREDENTIAL: 'authentication',
  E_TOKEN_REFUSED: 'authentication',
  E_TOKEN_BAD: 'authentication',
  E_UNAUTHORIZED: 'authentication',
  E_FORBIDDEN: 'permission',
  E_NO_SUCH_USER: 'not-found',
  E_BAD_REQUEST: 'usage',
  E_RESUME: 'usage',
  E_THROTTLED: 'service',
  E_UNAVAILABLE: 'service',
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
  E_MASS_DELETE: 'integrity',
  E_OUTPUT: 'output',
} as const satisfies Record<string, ErrorCategory>;

export type ErrorCode = keyof typeof codes;
