import { defineRoute } from '../route.ts';

/** The process runs. No I/O: an unavailable directory is not a reason to restart the server. */
export const livez = defineRoute({
  path: '/livez',
  summary: 'Whether the process runs',
  role: 'anyone',
  input: {},
  handler:
    () =>
    (_parameters, { response }) => {
      response.json({ alive: true });
    },
});
