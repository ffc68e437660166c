import { DirectoryError } from './directory-error.ts';
import { describeResponse, type ServiceFacts } from './service-facts.ts';

export interface ThrottledFacts extends ServiceFacts {
  /** How long the service asked to wait, in milliseconds, if it said so. */
  readonly retryAfter?: number | undefined;
  /** Graph's name for the limit: `Tenant_Application/ReadWrite/…`. */
  readonly scope?: string | undefined;
}

/** The service throttled more requests, or asked for a longer wait, than the limits allow: 429. */
export class ThrottledError extends DirectoryError {
  override readonly name = 'ThrottledError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly retryAfter: number | undefined;
  readonly scope: string | undefined;

  constructor(facts: ThrottledFacts) {
    const { status, graphCode, retryAfter, scope, ...rest } = facts;
    const asked =
      retryAfter === undefined ? '' : `, Retry-After ${Math.round(retryAfter / 1000)} s`;
    super('E_THROTTLED', `Graph throttles this application (${describeResponse(facts)}${asked}).`, {
      hint: { code: 'retry-later' },
      ...rest,
    });
    this.status = status;
    this.graphCode = graphCode;
    this.retryAfter = retryAfter;
    this.scope = scope;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, retryAfter: this.retryAfter };
  }
}
