import { RequestError } from '../errors/request-error.ts';
import type { Route } from '../route.ts';
import { failureOf } from '../errors/failure.ts';

const notReady = new RequestError({
  status: 503,
  code: 'not_ready',
  title: 'Not ready',
  detail: 'The server cannot read the directory, or is stopping. Its log contains the reason.',
  retryAfter: 5,
});

/** The server can handle requests. Callers are not authenticated, so that the reason is logged only. */
export const readyz: Route = {
  path: '/readyz',
  handler:
    ({ readiness, log }) =>
    async (_request, response, call) => {
      try {
        await readiness.check();
      } catch (error) {
        log('not-ready', { requestId: call.requestId, ...failureOf(error) });
        throw notReady;
      }
      response.json({ ready: true });
    },
};
