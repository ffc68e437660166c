import { z } from 'zod';

import type { InnerResponse } from '../http/inject-request.ts';
import { defineRoute } from '../route.ts';

/** Graph's limit of requests in a batch. */
const mostRequests = 20;
/** Requests of one batch that run at the same time. */
const concurrency = 4;

const batchRequest = z.object({
  id: z.string().min(1, 'must not be empty').max(64, 'is longer than 64 characters'),
  method: z.string(),
  url: z
    .string()
    .max(8_192, 'is longer than 8192 characters')
    .regex(/^\/?[^/]/u, 'must be a path below /v1.0, such as /users'),
  headers: z.record(z.string(), z.string()).default({}),
  dependsOn: z.array(z.string()).max(0, 'is not supported').optional(),
});

const batch = z.object({
  requests: z
    .array(batchRequest)
    .min(1, 'must contain a request')
    .max(mostRequests, `can contain ${mostRequests} requests`)
    .refine(
      (requests) => new Set(requests.map(({ id }) => id.toLowerCase())).size === requests.length,
      'must have different ids',
    )
    .meta({ description: 'The requests: id, method GET, url below /v1.0, headers' }),
});

type BatchRequest = z.output<typeof batchRequest>;

interface BatchResponse {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Headers of a response that are part of a batch. */
const passedOn = ['content-type', 'retry-after', 'location', 'etag', 'request-id'];

function bodyOf({ body }: InnerResponse): unknown {
  const text = body.toString('utf8');
  if (text === '') return null;
  try {
    // A count, which is text, becomes a number.
    return JSON.parse(text);
  } catch {
    return body.toString('base64');
  }
}

function toResponse(id: string, inner: InnerResponse): BatchResponse {
  const headers = passedOn
    .filter((name) => inner.headers[name] !== undefined)
    .map((name): [string, string] => [name, String(inner.headers[name])]);
  return { id, status: inner.status, headers: Object.fromEntries(headers), body: bodyOf(inner) };
}

/** Does `work` for each item, some at a time; returns the results in order. */
async function mapSome<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()];
  async function next(): Promise<void> {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift())
      results[entry[0]] = await work(entry[1]);
  }
  await Promise.all(Array.from({ length: concurrency }, next));
  return results;
}

/** Several requests in one: each passes through the application as a request of its own. */
export const batchRoute = defineRoute({
  path: '/v1.0/$batch',
  method: 'POST',
  summary: 'Up to 20 GET requests in one',
  role: 'Users.Read',
  input: { body: batch },
  deadline: 'request',
  handler:
    ({ inject }) =>
    async ({ body }, { request, response, call: { signal } }) => {
      const send = async ({ id, method, url, headers }: BatchRequest): Promise<BatchResponse> =>
        toResponse(
          id,
          await inject(
            request,
            { method: method.toUpperCase(), url: `/v1.0/${url.replace(/^\//u, '')}`, headers },
            signal,
          ),
        );
      response.json({ responses: await mapSome(body.requests, send) });
    },
});
