import { DirectoryError } from './directory-error.ts';
import { describeAnswer, type ServiceFacts } from './service-facts.ts';

export interface UnavailableFacts extends ServiceFacts {
  /** How long the service asked us to wait, in milliseconds, where it said. */
  readonly retryAfter?: number | undefined;
}

/** The service cannot answer now: 408, 425 and the 5xx. */
export class UnavailableError extends DirectoryError {
  override readonly name = 'UnavailableError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly retryAfter: number | undefined;

  constructor(facts: UnavailableFacts) {
    const { status, graphCode, retryAfter, ...rest } = facts;
    super('E_UNAVAILABLE', `The service did not answer the question (${describeAnswer(facts)}).`, {
      hint: 'Try again later, and look at the health of Microsoft 365 if it goes on.',
      ...rest,
    });
    this.status = status;
    this.graphCode = graphCode;
    this.retryAfter = retryAfter;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, graphCode: this.graphCode };
  }
}
