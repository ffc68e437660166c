import type { z } from 'zod';

/** What a route returns with status 200. */
export interface ResponseDescription {
  readonly description: string;
  readonly mediaType: string;
  readonly schema: z.ZodType;
}
