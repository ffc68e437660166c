import { DirectoryError } from './directory-error.ts';
import { describeAnswer, type ServiceFacts } from './service-facts.ts';

/** The service refused the token, and the one that replaced it: 401 twice. */
export class UnauthorizedError extends DirectoryError {
  override readonly name = 'UnauthorizedError';
  readonly status: number;
  readonly graphCode: string | undefined;

  constructor(facts: ServiceFacts) {
    const { status, graphCode, ...rest } = facts;
    super('E_UNAUTHORIZED', `The service refused a fresh token too (${describeAnswer(facts)}).`, {
      hint: 'Check that cloud, Graph root and scope belong together, and the sign-in logs of the tenant.',
      ...rest,
    });
    this.status = status;
    this.graphCode = graphCode;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, graphCode: this.graphCode };
  }
}
