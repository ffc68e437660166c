import { DirectoryError } from './directory-error.ts';
import type { Remedy } from './remedies.ts';
import { describeRejection, type ExplainedFacts } from './service-facts.ts';

/** What to do, by Graph's code. */
const hints: Readonly<Record<string, string | Remedy>> = {
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: { code: 'omit-sign-in-activity' },
  AccessDenied:
    'Ask an administrator whether a Conditional Access policy for workload identities blocks this application.',
};

const otherHint =
  "The permissions of the application suffice. Act on Graph's message; the sign-in logs of the tenant have details.";

/** Graph denied the request for a reason other than a missing permission: 403. */
export class AccessDeniedError extends DirectoryError {
  override readonly name = 'AccessDeniedError';
  readonly status: number;
  readonly graphCode: string | undefined;
  readonly explanation: string | undefined;

  constructor(facts: ExplainedFacts) {
    const { status, graphCode, explanation, ...rest } = facts;
    const hint =
      graphCode !== undefined && Object.hasOwn(hints, graphCode) ? hints[graphCode] : otherHint;
    super('E_ACCESS_DENIED', describeRejection('Graph denied access', facts), {
      hint: hint ?? otherHint,
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
