import { defineRoute } from '../route.ts';

/** The metrics of the process, in the text format of Prometheus. */
export const metrics = defineRoute({
  path: '/metrics',
  summary: 'The metrics of the server, for Prometheus',
  role: 'Admin',
  input: {},
  handler:
    ({ metrics: { text, contentType } }) =>
    async (_parameters, { response }) => {
      response.set('Content-Type', contentType).send(await text());
    },
});
