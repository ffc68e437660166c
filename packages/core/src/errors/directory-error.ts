import { codes, type ErrorCategory, type ErrorCode } from './codes.ts';
import { type Remedy, remedyText } from './remedies.ts';
import { sanitizedCause } from './sanitized-cause.ts';

/** What every error can carry in addition to its message. All of it is safe to print. */
export interface ErrorFacts {
  /** What to do next: a remedy of the registry, or one sentence that fits every front end. */
  readonly hint: string | Remedy;
  /** Whether the same call can succeed later although nothing is changed. */
  readonly retryable?: boolean;
  /** The service's id of the request, for its support. */
  readonly requestId?: string | undefined;
  /** The id that this client gave the request. */
  readonly clientRequestId?: string | undefined;
  /** How many requests were sent for the call that failed. */
  readonly attempts?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The class of every error that the library throws. The subclass says what happened and carries the facts as fields,
 * `code` is its stable name, and `category` says who must act. No header, URL query, body, token or settings object is
 * attached.
 *
 * @example
 * try {
 *   await directory.users.count();
 * } catch (error) {
 *   if (!(error instanceof DirectoryError)) throw error;
 *   console.error(error.code, error.message, error.hint);
 * }
 */
export abstract class DirectoryError extends Error {
  override readonly name: string = 'DirectoryError';
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  /** What to do next, as a code with parameters, for a front end with a wording of its own. */
  readonly remedy: Remedy;
  /** What to do next, as a sentence for users of the library. */
  readonly hint: string;
  readonly retryable: boolean;
  readonly requestId: string | undefined;
  /** Set by the layer that gives requests their ids. */
  clientRequestId: string | undefined;
  /** Set by the layer that retries. */
  attempts: number | undefined;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts) {
    const cause = sanitizedCause(facts.cause);
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.category = codes[code];
    this.remedy =
      typeof facts.hint === 'string' ? { code: 'as-stated', text: facts.hint } : facts.hint;
    this.hint = remedyText(this.remedy);
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
