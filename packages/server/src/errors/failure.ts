import { DirectoryError } from '@rollcall/core';

import { RequestError } from './request-error.ts';

export interface Failure {
  readonly failure: string;
  readonly category?: string | undefined;
  readonly upstreamRequestId?: string | undefined;
  readonly attempts?: number | undefined;
}

/** What the log may say of an error: codes and the service's own name for the request, no text that could hold data. */
export function failureOf(error: unknown): Failure {
  if (error instanceof DirectoryError)
    return {
      failure: error.code,
      category: error.category,
      upstreamRequestId: error.requestId,
      attempts: error.attempts,
    };
  if (error instanceof RequestError) return { failure: error.answer.code };
  return { failure: error instanceof Error ? error.name : typeof error };
}
