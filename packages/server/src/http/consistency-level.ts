import { z } from 'zod';

/**
 * Graph requires `ConsistencyLevel: eventual` on every request of an advanced query. Core adds it upstream where a
 * query needs it, so that callers can omit it; Graph rejects any other value too.
 */
export const consistencyLevel = z
  .string()
  .regex(/^eventual$/iu, 'the only valid value is eventual')
  .optional()
  .meta({ description: 'eventual, or absent: the server adds it where a query needs it' });
