import { DirectoryError } from './directory-error.ts';
import { describeAnswer, type ServiceFacts } from './service-facts.ts';

export interface ThrottledFacts extends ServiceFacts {
  /** How long the service asked us to wait, in milliseconds, where it said. */
  readonly retryAfter?: number | undefined;
  /** Graph's name for the limit: `Tenant_Application/ReadWrite/…`. */
  readonly scope?: string | undefined;
}

/** The service asked us to come later more often, or for longer, than we accept: 429. */
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
    super('E_THROTTLED', `The service is throttling us (${describeAnswer(facts)}${asked}).`, {
      hint: 'Go on later; a listing with --out goes on where it stopped with --resume.',
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
