import type { Request, Response } from 'express';

import type { Caller } from './callers/caller.ts';
import type { ReadableUsers } from './callers/fields/restrict-users.ts';
import type { Role } from './callers/role.ts';
import type { Call } from './http/call.ts';
import type { Gate } from './http/gate.ts';
import type { Turn } from './http/create-turns.ts';
import type { Semaphore } from './http/create-semaphore.ts';
import type { InjectRequest } from './http/inject-request.ts';
import type { LinkSeal } from './http/link-seal.ts';
import { readInput, type Input, type InputSchemas } from './http/read-input.ts';
import type { Limits } from './limits.ts';
import type { AuditLog } from './observability/audit/audit-log.ts';
import type { Metrics } from './observability/metrics/create-metrics.ts';
import type { Readiness } from './observability/readiness.ts';
import type { ServerLog } from './observability/server-events.ts';
import type { Traces } from './observability/traces.ts';

/** The interface document as JSON, and the page that shows it with its files. */
export interface Docs {
  document(): string;
  page(): string;
  style(): string;
  script(): string;
}

/** What routes work with. Users are part of the exchange, because they depend on the role of the caller. */
export interface Services {
  readonly log: ServerLog;
  readonly seal: LinkSeal;
  readonly readiness: Readiness;
  /** Records exports; absent when they are not recorded. */
  readonly audit: Pick<AuditLog, 'write'> | undefined;
  /** Absent when requests are not traced. */
  readonly traces: Pick<Traces, 'run'> | undefined;
  readonly docs: Docs;
  readonly metrics: Pick<Metrics, 'text' | 'contentType'>;
  /** The beginning of links; absent when they begin with the address of the request. */
  readonly publicUrl: string | undefined;
  /** How many at once: requests that read a page or a user, and requests that read the whole directory. */
  readonly gates: { readonly reads: Gate; readonly streams: Gate };
  readonly limits: Limits;
  /** Waits before work that takes milliseconds, so that other requests are answered in between. */
  readonly turn: Turn;
  /** Hundreds of users that are read in pages at the same time. */
  readonly reading: Semaphore;
  /** Passes a request through the whole application, for a batch. */
  readonly inject: InjectRequest;
}

/** One request and its response. */
export interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly call: Call;
  /** Who sent the request; absent on routes for anyone. */
  readonly caller: Caller | undefined;
  /**
   * The users as the caller can read them.
   * @throws {RequestError} 403 when a query reads a property that the role of the route does not include
   */
  readonly users: ReadableUsers;
}

/** Responds to one request. An error that it throws becomes a response, or cuts a response that has begun. */
export type Handle<Parameters> = (
  parameters: Parameters,
  exchange: Exchange,
) => Promise<void> | void;

interface RouteFacts<Schemas extends InputSchemas> {
  /** Express's pattern. Logs have it in place of the path. */
  readonly path: string;
  /** GET when absent; HEAD is a GET without the body. */
  readonly method?: 'POST' | undefined;
  /** What the route returns: the summary of the operation in the interface document. */
  readonly summary: string;
  /** The role that a caller needs; `anyone` for callers that are not authenticated too. */
  readonly role: Role | 'anyone';
  /** What a request can contain: its parameters are parsed by these schemas before the handler runs. */
  readonly input: Schemas;
  /** The limit for the whole response; none for a stream, which ends by its own rules. */
  readonly deadline?: 'request' | undefined;
  /** Which requests count together; none for those that cost nothing. */
  readonly gate?: keyof Services['gates'] | undefined;
}

/** A route as its file defines it: the handler gets what the schemas return. */
export interface RouteDefinition<Schemas extends InputSchemas> extends RouteFacts<Schemas> {
  handler(services: Services): Handle<Input<Schemas>>;
}

/** One entry of the registry in `routes.ts`. */
export interface Route extends RouteFacts<InputSchemas> {
  /** Parses the request and runs the handler. */
  responder(services: Services): (exchange: Exchange) => Promise<void>;
}

/** Returns a route whose requests are parsed by its schemas before its handler runs. */
export function defineRoute<const Schemas extends InputSchemas>(
  definition: RouteDefinition<Schemas>,
): Route {
  const { path, method, summary, role, input, deadline, gate } = definition;
  return {
    path,
    method,
    summary,
    role,
    input,
    deadline,
    gate,
    responder(services) {
      const handle = definition.handler(services);
      return async (exchange) => {
        await handle(readInput(exchange.request, input), exchange);
      };
    },
  };
}
