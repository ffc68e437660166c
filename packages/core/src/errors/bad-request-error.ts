import { DirectoryError } from './directory-error.ts';
import { describeResponse, type ServiceFacts } from './service-facts.ts';

export interface BadRequestFacts extends ServiceFacts {
  /** The service's own message, with control characters escaped; at most 300 characters. */
  readonly explanation?: string | undefined;
}

/** The service rejected the request: a 4xx status that has no class of its own, or 501. */
export class BadRequestError extends DirectoryError {
  override readonly name = 'BadRequestError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly explanation: string | undefined;

  constructor(facts: BadRequestFacts) {
    const { status, graphCode, explanation, ...rest } = facts;
    const reason = explanation === undefined ? '' : ` Its message: ${explanation}`;
    super('E_BAD_REQUEST', `Graph rejected the request (${describeResponse(facts)}).${reason}`, {
      hint: { code: 'correct-query' },
      ...rest,
    });
    this.status = status;
    this.graphCode = graphCode;
    this.explanation = explanation;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, graphCode: this.graphCode };
  }
}
