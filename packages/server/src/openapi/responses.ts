import { z } from 'zod';

import type { RouteName } from '../routes.ts';
import type { ResponseDescription } from './response-description.ts';
import {
  batchSchema,
  changesPageSchema,
  singleUserSchema,
  userSchema,
  usersPageSchema,
} from './schemas.ts';

const json = 'application/json';
const text = z.string();

const page = {
  description: 'One page of users',
  mediaType: json,
  schema: usersPageSchema,
} as const;
const count = {
  description: 'The number of users',
  mediaType: 'text/plain',
  schema: z.string().regex(/^\d+$/u),
} as const;

/** What each route returns. A route that is missing here does not compile. */
export const responses = {
  livez: {
    description: 'The process runs',
    mediaType: json,
    schema: z.strictObject({ alive: z.literal(true) }),
  },
  readyz: {
    description: 'The server can read the directory',
    mediaType: json,
    schema: z.strictObject({ ready: z.literal(true) }),
  },
  metrics: {
    description: 'The metrics in the text format of Prometheus',
    mediaType: 'text/plain',
    schema: text,
  },
  openapi: {
    description: 'This document',
    mediaType: json,
    schema: z.looseObject({ openapi: z.string() }),
  },
  docs: { description: 'The page', mediaType: 'text/html', schema: text },
  docsStyle: { description: 'The style sheet', mediaType: 'text/css', schema: text },
  docsScript: { description: 'The script', mediaType: 'text/javascript', schema: text },
  usersPage: page,
  usersCount: count,
  usersDelta: { description: 'One page of changes', mediaType: json, schema: changesPageSchema },
  metadata: { description: 'The document', mediaType: 'application/xml', schema: text },
  batch: {
    description: 'The responses, in the order of the requests',
    mediaType: json,
    schema: batchSchema,
  },
  user: { description: 'The user', mediaType: json, schema: singleUserSchema },
  members: page,
  membersCount: count,
  transitiveMembers: page,
  transitiveMembersCount: count,
  deletedUsers: page,
  deletedUsersCount: count,
  directReports: page,
  directReportsCount: count,
  usersNdjson: {
    description:
      'One user per line. The last line is {"@complete":true,"reconciled":…,"count":N,"receipt":{…}}; without it the response is not complete.',
    mediaType: 'application/x-ndjson',
    schema: text,
  },
  usersCsv: {
    description:
      'A header line and one line per user. The connection is cut if the list is not complete.',
    mediaType: 'text/csv',
    schema: text,
  },
  usersJson: {
    description: 'One array of users. The connection is cut if the list is not complete.',
    mediaType: json,
    schema: z.array(userSchema),
  },
} satisfies Record<RouteName, ResponseDescription>;
