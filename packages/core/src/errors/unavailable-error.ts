import { DirectoryError } from './directory-error.ts';
import { describeResponse, type ServiceFacts } from './service-facts.ts';

export interface UnavailableFacts extends ServiceFacts {
  /** How long the service asked to wait, in milliseconds, if it said so. */
  readonly retryAfter?: number | undefined;
}

/** The service is unavailable: 408, 425 and the 5xx statuses. */
export class UnavailableError extends DirectoryError {
  override readonly name = 'UnavailableError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly retryAfter: number | undefined;

  constructor({ message, ...facts }: UnavailableFacts & { readonly message?: string }) {
    const { status, graphCode, retryAfter, ...rest } = facts;
    super('E_UNAVAILABLE', message ?? `The service is unavailable (${describeResponse(facts)}).`, {
      hint: 'Try again later. If the error persists, check the Microsoft 365 service health.',
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
