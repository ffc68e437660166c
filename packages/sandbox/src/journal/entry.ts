/** What an assertion claims, for the journal. It has not been verified. */
export interface AssertionFacts {
  /** `alg` of its header. */
  readonly algorithm: string;
  /** Which of the headers that name a key it has. */
  readonly keyNamedBy?: 'x5t#S256' | 'x5t' | 'kid' | undefined;
  /** How many certificates came along (`x5c`). */
  readonly chain: number;
  readonly issuer: string;
  readonly subject: string;
}

/** Which part of the tenant a request was for. */
export type RequestClass = 'discovery' | 'token' | 'graph' | 'managed-identity' | 'other';

/** How a request proved itself. The value itself is never written down. */
export type CredentialKind =
  | 'client-secret'
  | 'client-secret-basic'
  | 'certificate'
  | 'federated'
  | 'managed-identity'
  | 'bearer';

/** One request as the journal keeps it. It holds no credential and no token. */
export interface Entry {
  /** Counts from 1, over the whole life of the sandbox. */
  readonly number: number;
  /** When it had been read, ISO 8601, UTC. */
  readonly at: string;
  readonly class: RequestClass;
  readonly method: string;
  /** With the query, credentials in it replaced by `[redacted]`. */
  readonly path: string;
  /** 0 when the connection ended before an answer was sent. */
  readonly status: number;
  readonly requestId: string;
  readonly clientRequestId?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly clientId?: string | undefined;
  readonly credential?: CredentialKind | undefined;
  /** What the assertion said of itself, where there was one. */
  readonly assertion?: AssertionFacts | undefined;
  /** `ConsistencyLevel` and `Prefer`, which decide what Graph answers. */
  readonly consistencyLevel?: string | undefined;
  readonly prefer?: string | undefined;
  /** From the end of the request to the end of the answer. */
  readonly milliseconds: number;
  /** Of the body, as sent. */
  readonly bytes: number;
  /** The client went away before it had the whole answer. */
  readonly aborted: boolean;
  /** Kinds of the faults that were applied to it. */
  readonly faults?: readonly string[] | undefined;
}
