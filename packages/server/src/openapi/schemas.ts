import { z } from 'zod';

/** A user as Graph returns it. Which properties it has depends on `$select`. */
export const userSchema = z.looseObject({ id: z.string() }).meta({
  id: 'User',
  description: 'A user with the properties of $select, or with the default properties of Graph',
});

export const usersPageSchema = z
  .strictObject({
    '@odata.context': z.string(),
    '@odata.count': z
      .int()
      .optional()
      .meta({ description: 'Number of all matching users, on the first page with $count=true' }),
    '@odata.nextLink': z
      .string()
      .optional()
      .meta({ description: 'URL of the next page; absent on the last one' }),
    value: z.array(userSchema),
  })
  .meta({ id: 'UsersPage', description: 'One page of users, as Graph returns it' });

export const changesPageSchema = z
  .strictObject({
    '@odata.context': z.string(),
    '@odata.nextLink': z
      .string()
      .optional()
      .meta({ description: 'URL of the next page of the round' }),
    '@odata.deltaLink': z
      .string()
      .optional()
      .meta({ description: 'URL of the next round, on the last page' }),
    value: z.array(
      z.looseObject({
        id: z.string(),
        '@removed': z
          .looseObject({ reason: z.string() })
          .optional()
          .meta({ description: 'The user was deleted' }),
      }),
    ),
  })
  .meta({ id: 'ChangesPage', description: 'Changed and deleted users, as Graph returns them' });

export const batchSchema = z
  .strictObject({
    responses: z.array(
      z.strictObject({
        id: z.string(),
        status: z.int(),
        headers: z.record(z.string(), z.string()),
        body: z.unknown(),
      }),
    ),
  })
  .meta({ id: 'BatchResponse', description: 'The responses of a batch, as Graph returns them' });

export const singleUserSchema = z
  .looseObject({ '@odata.context': z.string(), id: z.string() })
  .meta({ id: 'SingleUser', description: 'One user, as Graph returns it' });

/** The format of errors under `/v1.0`. */
export const graphErrorSchema = z
  .strictObject({
    error: z.strictObject({
      code: z
        .string()
        .meta({ description: 'Code of Graph, or of this server where Graph has none' }),
      message: z.string(),
      innerError: z.strictObject({
        date: z.string(),
        'request-id': z.string(),
        'client-request-id': z.string(),
      }),
    }),
  })
  .meta({ id: 'GraphError', description: 'An error as Graph returns it' });

/** The format of all other errors. */
export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: 'URN of the kind of problem' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'URN of this request' }),
    code: z.string().meta({ description: 'Stable name of the problem' }),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457)' });
