import { z } from 'zod';

const common = {
  time: z.iso.datetime().meta({ description: 'Time of the record, in UTC' }),
  requestId: z
    .string()
    .meta({ description: 'The same as in the log and in the header request-id' }),
  caller: z.string().meta({
    description: 'Name of the authenticated caller; anonymous if callers are not authenticated',
  }),
  address: z.string().meta({ description: 'IP address from which the connection comes' }),
  route: z.string().meta({ description: 'Pattern of the route' }),
};

/** Every kind of audit record. docs/reference/audit-records.md has the same tables; a test writes them. */
export const auditRecords = {
  'export-started': z.strictObject({
    event: z.literal('export-started').meta({ description: 'Kind of the record' }),
    ...common,
    query: z.record(z.string(), z.unknown()).meta({
      description: 'Query that is sent to Graph: select, filter, search, orderBy, expand',
    }),
  }),
  'export-ended': z.strictObject({
    event: z.literal('export-ended').meta({ description: 'Kind of the record' }),
    ...common,
    outcome: z.enum(['complete', 'cut', 'failed']).meta({
      description:
        'complete: sent to its end; cut: the response began and was not finished; failed: the response is an error',
    }),
    status: z.int().meta({ description: 'HTTP status' }),
    failure: z.string().optional().meta({ description: 'Code of the error, as in the log' }),
    users: z.int().meta({ description: 'Users that were sent' }),
    duration: z.int().meta({ description: 'Milliseconds since the record export-started' }),
    receipt: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Receipt of the listing, see receipt.md; incomplete if the export is' }),
  }),
} as const;

export type AuditEvent = keyof typeof auditRecords;

export type AuditRecord = {
  readonly [Event in AuditEvent]: z.infer<(typeof auditRecords)[Event]>;
}[AuditEvent];
