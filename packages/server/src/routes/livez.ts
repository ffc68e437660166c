import type { Route } from '../route.ts';

/** The process is up. No I/O: a directory that is down is no reason to restart us. */
export const livez: Route = {
  path: '/livez',
  handler: () => (_request, response) => {
    response.json({ alive: true });
  },
};
