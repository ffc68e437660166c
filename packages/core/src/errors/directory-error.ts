import { codes, type ErrorCategory, type ErrorCode } from './codes.ts';
import { sanitizedCause } from './sanitized-cause.ts';

/** What every error may say beside its message. All of it is safe to print. */
export interface ErrorFacts {
  /** What to do next: one sentence in the imperative. */
  readonly hint: string;
  /** Whether the same call may succeed later with nothing changed. */
  readonly retryable?: boolean;
  /** The service's name for the request, for its support. */
  readonly requestId?: string | undefined;
  /** Ours. */
  readonly clientRequestId?: string | undefined;
  /** How many requests were sent for the call that failed. */
  readonly attempts?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The one class that core throws. The subclass says what happened and carries its facts as fields; `code` is
 * the stable name, `category` says who must act. No headers, URL queries, bodies, tokens or settings objects
 * hang off it.
 */
export class DirectoryError extends Error {
  override readonly name: string = 'DirectoryError';
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  readonly hint: string;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  /** Not readonly, like `attempts`: only the layer that numbers the requests knows it. */
  clientRequestId: string | undefined;
  attempts: number | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts) {
    const cause = sanitizedCause(facts.cause);
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.category = codes[code];
    this.hint = facts.hint;
    this.retryable = facts.retryable ?? this.category === 'service';
    this.requestId = facts.requestId;
    this.clientRequestId = facts.clientRequestId;
    this.attempts = facts.attempts;
  }

  toJSON(): Record<string, unknown> {
    return {
      code: this.code,
      message: this.message,
      hint: this.hint,
      retryable: this.retryable,
      requestId: this.requestId,
      clientRequestId: this.clientRequestId,
      attempts: this.attempts,
    };
  }
}
