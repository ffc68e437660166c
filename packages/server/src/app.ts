import { formats } from '@rollcall/core/command-line';
import compression from 'compression';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';

import type { Access } from './callers/access.ts';
import { noUsers } from './callers/fields/restrict-users.ts';
import { roleMissing } from './callers/refusals.ts';
import { beginCall, type Call, CallerGone, callOf } from './http/call.ts';
import { answerTo } from './errors/answers.ts';
import { errorBody } from './errors/error-bodies.ts';
import { failureOf } from './errors/failure.ts';
import { RequestError } from './errors/request-error.ts';
import { acceptEqualPaths } from './http/graph-path.ts';
import { createInjectRequest } from './http/inject-request.ts';
import { checkHost } from './http/host-check.ts';
import { checkOrigin } from './http/origin-check.ts';
import type { Exchange, Route, Services } from './route.ts';
import { routes } from './routes.ts';
import type { CheckRate } from './callers/rate-limit.ts';
import { maxAgeOf, type SharedUsers } from './callers/shared-users.ts';
import { createSentBytes } from './http/sent-bytes.ts';
import { securityHeaders } from './http/security-headers.ts';

const noSuchRoute = new RequestError({
  status: 404,
  code: 'no_such_route',
  graphCode: 'Request_ResourceNotFound',
  title: 'Not found',
  detail: 'The server has no endpoint with this path.',
});

const methodNotAllowed = new RequestError({
  status: 405,
  code: 'method_not_allowed',
  graphCode: 'Request_BadRequest',
  title: 'Method not allowed',
  detail: 'Specified HTTP method is not allowed for the request target.',
});

const urlTooLong = new RequestError({
  status: 414,
  code: 'url_too_long',
  graphCode: 'BadRequest',
  title: 'URL too long',
  detail: 'Path and query together exceed the limit of this server.',
});

/** Shorter responses are not compressed, in bytes. */
const smallestCompressed = 1_024;
/** Bytes of a body. */
const longestBody = 65_536;

/** What the application is made of. Routes get the services only. */
export interface AppParts {
  readonly services: Omit<Services, 'inject'>;
  /** Equal reads of several requests. */
  readonly shared: SharedUsers;
  readonly checkRate: CheckRate;
  readonly access: Access;
  /** The host names that requests can use. */
  readonly hosts: readonly string[];
}

/** Gives the request an ID, and logs one line at its end. */
function begin({ log, traces }: Services): RequestHandler {
  const sentBytes = createSentBytes();
  return (request, response, next) => {
    const started = performance.now();
    const { socket } = request;
    const call = beginCall(request, response);
    response.set({ 'request-id': call.requestId, 'client-request-id': call.clientRequestId });
    let traceId: string | undefined;
    response.once('close', () => {
      log('request-completed', {
        requestId: call.requestId,
        traceId,
        method: request.method,
        route: call.route,
        caller: call.caller,
        status: response.statusCode,
        complete: response.writableFinished,
        failure: call.failure ?? (call.signal.reason as Error | undefined)?.name,
        users: call.users,
        bytes: sentBytes(socket),
        duration: Math.round(performance.now() - started),
      });
    });
    if (traces === undefined) next();
    else traceId = traces.run(request, response, call, next);
  };
}

function limitUrl({ limits }: Services): RequestHandler {
  return (request, _response, next) => {
    if (request.originalUrl.length > limits.url) throw urlTooLong;
    next();
  };
}

/**
 * Identifies the caller of a request and checks its role. A route without a role would not compile.
 * @throws {RequestError} 401 without a valid credential, 403 without the role
 */
async function authorize(
  { role }: Route,
  { access, shared, checkRate }: AppParts,
  request: Request,
  response: Response,
  call: Call,
): Promise<Pick<Exchange, 'caller' | 'users'>> {
  if (role === 'anyone') return { caller: undefined, users: noUsers };
  const caller = await access.identify(request);
  call.caller = caller.name;
  if (access.isAuthenticated) await checkRate(request, response, caller);
  if (!caller.roles.has(role)) throw roleMissing(role);
  const users = shared.viewFor({
    maxAge: maxAgeOf(request.headers['cache-control']),
    onAge: (age) => void response.set('Age', String(Math.floor(age / 1_000))),
  });
  return { caller, users: access.usersFor(users, role) };
}

/** Runs a route's handler with its call: named in the log, and aborted when its time is up. */
function answer(route: Route, parts: AppParts & { readonly services: Services }): RequestHandler {
  const { services } = parts;
  const respond = route.responder(services);
  return async (request, response) => {
    const call = callOf(response);
    call.route = route.path;
    services.log('request-started', {
      requestId: call.requestId,
      method: request.method,
      route: route.path,
    });
    const authorized = await authorize(route, parts, request, response, call);
    const place =
      route.gate === undefined
        ? undefined
        : services.gates[route.gate].enter(authorized.caller?.id ?? '');
    const timer =
      route.deadline === undefined
        ? undefined
        : setTimeout(
            () => call.abort(new DOMException('the request took too long', 'TimeoutError')),
            services.limits[route.deadline],
          );
    try {
      await respond({ request, response, call, ...authorized });
    } finally {
      clearTimeout(timer);
      place?.[Symbol.dispose]();
    }
  };
}

function refuseMethod({ method }: Route): RequestHandler {
  return (_request, response) => {
    response.set('Allow', method ?? 'GET, HEAD');
    throw methodNotAllowed;
  };
}

const bodyNotJson = new RequestError({
  status: 415,
  code: 'not_json',
  graphCode: 'BadRequest',
  title: 'Unsupported media type',
  detail: 'Send a body with Content-Type: application/json.',
});

const parseJson = express.json({ limit: longestBody, type: 'application/json' });

/** NDJSON is missing in the list of the library. */
function isCompressible(request: Request, response: Response): boolean {
  return (
    response.getHeader('Content-Type') === formats.ndjson.mediaType ||
    compression.filter(request, response)
  );
}

/** Parses the body of a POST before its route runs. */
function parseBody(): RequestHandler {
  return (request, response, next) => {
    if (request.is('application/json') === false) throw bodyNotJson;
    parseJson(request, response, next);
  };
}

/** The only error handler. A response that has begun is cut off, so that no client takes it for a complete one. */
function answerErrors({ log }: Services): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const call = callOf(response);
    const failure = failureOf(error);
    call.failure = failure.failure;
    if (call.signal.reason instanceof CallerGone) return;
    const reply = answerTo(error);
    if (reply.status >= 500 && !(error instanceof RequestError))
      log('request-failed', { requestId: call.requestId, route: call.route, ...failure });
    if (error instanceof RequestError && error.reason !== undefined)
      log('caller-refused', { requestId: call.requestId, reason: error.reason });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (reply.headers !== undefined) response.set(reply.headers);
    if (reply.retryAfter !== undefined) response.set('Retry-After', String(reply.retryAfter));
    const { contentType, body } = errorBody(request.path, reply, call);
    response.status(reply.status).set('Content-Type', contentType).send(JSON.stringify(body));
  };
}

/**
 * Creates the Express application. Requests pass its handlers in this order: request ID, spelling of the path,
 * host check, origin check, size, role of the caller, route.
 */
export function createApp(parts: AppParts): Express {
  const { access, hosts } = parts;
  const app = express();
  const inject = createInjectRequest((request, response) => void app(request, response));
  const services: Services = { ...parts.services, inject };
  const complete = { ...parts, services };
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.set('trust proxy', false);
  app.enable('case sensitive routing');
  app.enable('strict routing');

  app.use(
    begin(services),
    acceptEqualPaths(),
    securityHeaders(),
    checkHost(hosts),
    checkOrigin(hosts, (origin) => access.isAllowedOrigin(origin)),
    limitUrl(services),
    compression({ threshold: smallestCompressed, filter: isCompressible }),
  );
  for (const route of Object.values(routes)) {
    if (route.method === 'POST') app.post(route.path, parseBody(), answer(route, complete));
    else app.get(route.path, answer(route, complete));
    app.all(route.path, refuseMethod(route));
  }
  app.use(() => {
    throw noSuchRoute;
  });
  app.use(answerErrors(services));
  return app;
}
