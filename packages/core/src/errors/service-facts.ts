import type { ErrorFacts } from './directory-error.ts';

/** What is known of an error response. */
export interface ServiceFacts extends Partial<ErrorFacts> {
  readonly status: number;
  /** Graph's own code, the innermost known one: `Authorization_RequestDenied`, `Request_BadRequest` … */
  readonly graphCode?: string | undefined;
}

/** An error response with the text that Graph sent. */
export interface ExplainedFacts extends ServiceFacts {
  /** The service's own message, with control characters escaped; at most 300 characters. */
  readonly explanation?: string | undefined;
}

/** Describes a response in a message: `status 403, Authorization_RequestDenied, request-id …`. */
export function describeResponse(facts: ServiceFacts): string {
  return [
    `status ${facts.status}`,
    facts.graphCode,
    facts.requestId === undefined ? undefined : `request-id ${facts.requestId}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

/** Returns the message of an error response: what Graph did, the response, and Graph's own message if there is one. */
export function describeRejection(happened: string, facts: ExplainedFacts): string {
  const { explanation } = facts;
  const reason = explanation === undefined ? '' : ` Its message: ${explanation}`;
  return `${happened} (${describeResponse(facts)}).${reason}`;
}
