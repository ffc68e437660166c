import type { Route } from './route.ts';
import { collections } from './routes/collections.ts';
import { docs, docsScript, docsStyle } from './routes/docs.ts';
import { batchRoute } from './routes/batch.ts';
import { livez } from './routes/livez.ts';
import { metadata } from './routes/metadata.ts';
import { metrics } from './routes/metrics.ts';
import { openapi } from './routes/openapi.ts';
import { readyz } from './routes/readyz.ts';
import { user } from './routes/user.ts';
import { usersDelta } from './routes/users-delta.ts';
import { usersPage } from './routes/users-page.ts';
import { usersCount } from './routes/users-count.ts';
import { usersCsv, usersJson, usersNdjson } from './routes/users-stream.ts';

/** Every endpoint. `/v1.0/users/$count` and `delta` come before `/v1.0/users/:id`, which would match them too. */
export const routes = {
  livez,
  readyz,
  metrics,
  openapi,
  docs,
  docsStyle,
  docsScript,
  usersPage,
  usersCount,
  usersDelta,
  metadata,
  batch: batchRoute,
  user,
  ...collections,
  usersNdjson,
  usersCsv,
  usersJson,
} satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
