import { DirectoryError } from './directory-error.ts';
import { describeResponse, type ServiceFacts } from './service-facts.ts';

/** Graph rejected the token, and the new token after it: 401 twice. */
export class UnauthorizedError extends DirectoryError {
  override readonly name = 'UnauthorizedError';
  readonly status: number;
  readonly graphCode: string | undefined;

  constructor(facts: ServiceFacts) {
    const { status, graphCode, ...rest } = facts;
    super('E_UNAUTHORIZED', `Graph rejected a new token as well (${describeResponse(facts)}).`, {
      hint: 'Check that cloud, Graph root and scope belong together, and look at the sign-in logs of the tenant.',
      ...rest,
    });
    this.status = status;
    this.graphCode = graphCode;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), status: this.status, graphCode: this.graphCode };
  }
}
