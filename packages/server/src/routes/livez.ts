import type { Route } from '../route.ts';

/** The process runs. No I/O: an unavailable directory is not a reason to restart the server. */
export const livez: Route = {
  path: '/livez',
  handler: () => (_request, response) => {
    response.json({ alive: true });
  },
};
