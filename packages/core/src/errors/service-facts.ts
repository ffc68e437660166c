import type { ErrorFacts } from './directory-error.ts';

/** What an answer of the service that is no success says about itself. */
export interface ServiceFacts extends Partial<ErrorFacts> {
  readonly status: number;
  /** Graph's own code, the innermost known one: `Authorization_RequestDenied`, `Request_BadRequest` … */
  readonly graphCode?: string | undefined;
}

/** `status 403, Authorization_RequestDenied, request-id …`: how messages name an answer. */
export function describeAnswer(facts: ServiceFacts): string {
  return [
    `status ${facts.status}`,
    facts.graphCode,
    facts.requestId === undefined ? undefined : `request-id ${facts.requestId}`,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}
