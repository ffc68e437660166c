import { DirectoryError } from './directory-error.ts';
import { describeRejection, type ExplainedFacts } from './service-facts.ts';

/** The service rejected the request: a 4xx status that has no class of its own, or 501. */
export class BadRequestError extends DirectoryError {
  override readonly name = 'BadRequestError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly explanation: string | undefined;

  constructor(facts: ExplainedFacts) {
    const { status, graphCode, explanation, ...rest } = facts;
    super('E_BAD_REQUEST', describeRejection('Graph rejected the request', facts), {
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
