import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';

import type { Route } from '../route.ts';
import { routes, type RouteName } from '../routes.ts';
import type { ResponseDescription } from './response-description.ts';
import { responses } from './responses.ts';
import { graphErrorSchema, problemSchema } from './schemas.ts';

/** The interface document of the server: OpenAPI 3.1, as JSON. */
export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The statuses of errors that every route can return. */
const errors = {
  '400': 'The request is invalid',
  '401': 'The request has no valid credential',
  '403': 'The caller is not allowed to do this, or a page of another site made the request',
  '404': 'Not found',
  '405': 'The server is read-only',
  '410': 'The delta link has expired: begin a first round at the URL in Location',
  '413': 'The body is too long',
  '414': 'The URL is too long',
  '415': 'The body is not JSON',
  '421': 'The server does not serve this host',
  '500': 'The server failed; its log contains the error under the request ID',
  '502': 'Microsoft Graph cannot be reached, or its response is invalid',
  '503': 'The server or Microsoft Graph is busy: send the request again after Retry-After',
  '504': 'The response was not complete in time',
} as const;

const description = `A read-only HTTP API for the users of a Microsoft Entra tenant. Routes under /v1.0 have the format of Microsoft
Graph: a Graph client uses them by changing its base URL. Every response has a request-id, which the log of the server has as well. HEAD is
accepted wherever GET is.`;

/** Express's pattern in the notation of OpenAPI: /v1.0/users/:id is /v1.0/users/{id}. */
function pathOf({ path }: Route): string {
  return path.replaceAll(/:(?<name>\w+)/gu, '{$<name>}');
}

function responsesOf(path: string, response: ResponseDescription): ZodOpenApiResponsesObject {
  const isGraph = path.startsWith('/v1.0');
  const problem = { 'application/problem+json': { schema: problemSchema } };
  const content = isGraph ? { 'application/json': { schema: graphErrorSchema } } : problem;
  return {
    '200': {
      description: response.description,
      content: { [response.mediaType]: { schema: response.schema } },
    },
    ...Object.fromEntries(
      Object.entries(errors).map(([status, text]) => [status, { description: text, content }]),
    ),
    // What is not valid HTTP has no path, and is answered before the format of its path is known.
    default: { description: 'Any other error', content: { ...content, ...problem } },
  };
}

/** What a caller can present. */
const securitySchemes = {
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'Access token of Microsoft Entra, or an API key',
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'API key' },
  clientCertificate: { type: 'mutualTLS', description: 'Client certificate' },
} as const;

function operationOf(
  name: RouteName,
  route: Route,
  { isAuthenticated }: OpenApiOptions,
): ZodOpenApiOperationObject {
  const { path, query, header, body } = route.input;
  const isPublic = route.role === 'anyone';
  return {
    operationId: name,
    summary: route.summary,
    ...(isPublic ? {} : { description: `Callers need the role ${route.role}.` }),
    ...(isPublic || !isAuthenticated
      ? {}
      : { security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] })) }),
    tags: [
      route.path.startsWith('/v1.0') ? 'Graph' : route.gate === 'streams' ? 'Streams' : 'Server',
    ],
    requestParams: {
      ...(path === undefined ? {} : { path }),
      ...(query === undefined ? {} : { query }),
      ...(header === undefined ? {} : { header }),
    },
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: responsesOf(route.path, responses[name]),
  };
}

export interface OpenApiOptions {
  /** Of the server. */
  readonly version: string;
  /** Where callers reach the server; the address of the document when absent. */
  readonly publicUrl: string | undefined;
  /** Whether callers have to authenticate. */
  readonly isAuthenticated: boolean;
}

/** Creates the interface document from the schemas by which the routes parse their requests. */
export function createOpenApi(options: OpenApiOptions): OpenApiDocument {
  const { version, publicUrl, isAuthenticated } = options;
  const entries = Object.entries(routes) as readonly (readonly [RouteName, Route])[];
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'rollcall-server',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl ?? '/', description: 'This server' }],
    tags: [
      { name: 'Graph', description: 'Users in the format of Microsoft Graph' },
      { name: 'Streams', description: 'The whole directory in one response' },
      { name: 'Server', description: 'Probes, metrics and this document' },
    ],
    ...(isAuthenticated ? { components: { securitySchemes } } : {}),
    paths: Object.fromEntries(
      entries.map(([name, route]) => [
        pathOf(route),
        { [route.method === 'POST' ? 'post' : 'get']: operationOf(name, route, options) },
      ]),
    ),
  });
}
