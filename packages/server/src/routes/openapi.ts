import { defineRoute } from '../route.ts';

/** The interface document. It contains nothing about the tenant, so that it is for every caller. */
export const openapi = defineRoute({
  path: '/openapi.json',
  summary: 'The interface of the server as OpenAPI 3.1',
  role: 'anyone',
  input: {},
  handler:
    ({ docs }) =>
    (_parameters, { response }) => {
      response.type('json').send(docs.document());
    },
});
