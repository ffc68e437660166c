import type { Route } from '../route.ts';

/** The metrics of the process, in the text format of Prometheus. */
export const metrics: Route = {
  path: '/metrics',
  handler:
    ({ metrics: { text, contentType } }) =>
    async (_request, response) => {
      response.set('Content-Type', contentType).send(await text());
    },
};
