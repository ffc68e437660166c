import { DirectoryError } from './directory-error.ts';

/** What the token endpoint said when it refused. */
export interface Refusal {
  readonly status: number;
  /** OAuth's `error`: `invalid_client`, `unauthorized_client`, `invalid_scope` … What programs may branch on. */
  readonly error: string;
  /** The service's own number, for people: it is no stable interface. */
  readonly aadsts?: number | undefined;
  /** The first sentence or so of the service's description; no ids of the request. */
  readonly description?: string | undefined;
  readonly traceId?: string | undefined;
  readonly correlationId?: string | undefined;
}

/** The identity platform knows what was asked and declined. RetryTask again unchanged is refused again. */
export class TokenRefusedError extends DirectoryError {
  override readonly name = 'TokenRefusedError';
  readonly status: number;
  readonly error: string;
  readonly aadsts: number | undefined;

  constructor(refusal: Refusal, hint: string) {
    const { status, error, aadsts, description } = refusal;
    const said = description === undefined ? '' : ` ${description}`;
    super('E_TOKEN_REFUSED', `The identity platform refused a token (${status} ${error}).${said}`, {
      hint,
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
