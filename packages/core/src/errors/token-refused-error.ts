import { DirectoryError } from './directory-error.ts';

/** The error response of the token endpoint. */
export interface Refusal {
  readonly status: number;
  /** OAuth's `error`: `invalid_client`, `unauthorized_client`, `invalid_scope` … Programs can depend on it. */
  readonly error: string;
  /** The AADSTS number, for people: Microsoft does not guarantee that it stays the same. */
  readonly aadsts?: number | undefined;
  /** The beginning of the service's description, without the ids of the request. */
  readonly description?: string | undefined;
  readonly traceId?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** The identity platform refused to issue a token. The same request would be refused again. */
export class TokenRefusedError extends DirectoryError {
  override readonly name = 'TokenRefusedError';
  readonly status: number;
  readonly error: string;
  readonly aadsts: number | undefined;

  constructor(
    refusal: Refusal,
    hint: string,
    { message, cause }: { readonly message?: string; readonly cause?: unknown } = {},
  ) {
    const { status, error, aadsts, description } = refusal;
    const reason = description === undefined ? '' : ` ${description}`;
    super('E_TOKEN_REFUSED', message ?? `Sign-in failed (${status} ${error}).${reason}`, {
      hint,
      cause,
      requestId: refusal.traceId,
      clientRequestId: refusal.correlationId,
    });
    this.status = status;
    this.error = error;
    this.aadsts = aadsts;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, error: this.error, aadsts: this.aadsts };
  }
}
