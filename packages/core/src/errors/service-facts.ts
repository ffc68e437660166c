import type { ErrorFacts } from './directory-error.ts';

/** What is known of an error response. */
export interface ServiceFacts extends Partial<ErrorFacts> {
  readonly status: number;
  /** Graph's own code, the innermost known one: `Authorization_RequestDenied`, `Request_BadRequest` … */
  readonly graphCode?: string | undefined;
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
