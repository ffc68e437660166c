import { failureOf } from '../errors/failure.ts';
import { RequestError } from '../errors/request-error.ts';
import { defineRoute } from '../route.ts';

const notReady = new RequestError({
  status: 503,
  code: 'not_ready',
  title: 'Not ready',
  detail: 'The server cannot read the directory, or is stopping. Its log contains the reason.',
  retryAfter: 5,
});

/** The server can handle requests. Callers are not authenticated, so that the reason is logged only. */
export const readyz = defineRoute({
  path: '/readyz',
  summary: 'Whether the server can read the directory',
  role: 'anyone',
  input: {},
  handler:
    ({ readiness, log }) =>
    async (_parameters, { response, call }) => {
      try {
        await readiness.check();
      } catch (error) {
        log('not-ready', { requestId: call.requestId, ...failureOf(error) });
        throw notReady;
      }
      response.json({ ready: true });
    },
});
