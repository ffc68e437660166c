import { DirectoryError } from './directory-error.ts';
import { describeAnswer, type ServiceFacts } from './service-facts.ts';

export interface BadRequestFacts extends ServiceFacts {
  /** What the service says is wrong, with control characters escaped; at most 300 characters. */
  readonly explanation?: string | undefined;
}

/** The service understood us and will not do it: a 4xx that is none of the others, or 501. */
export class BadRequestError extends DirectoryError {
  override readonly name = 'BadRequestError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly explanation: string | undefined;

  constructor(facts: BadRequestFacts) {
    const { status, graphCode, explanation, ...rest } = facts;
    const says = explanation === undefined ? '' : ` It says: ${explanation}`;
    super('E_BAD_REQUEST', `The service refused the query (${describeAnswer(facts)}).${says}`, {
      hint: 'Correct the query; `rollcall users explain` shows what is sent and why.',
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
