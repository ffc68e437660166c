import { jsonAnswer, type ControlRoutes } from './control-server.ts';
import type { HostileOrigin } from '../hostile/hostile-origin.ts';
import type { Faults } from '../faults/faults.ts';
import { faultKinds, type Fault } from '../faults/kinds.ts';

/**
 * `GET /faults`, `POST /faults` with one fault or a list, `POST /faults/clear`, `GET /faults/kinds`, `GET /hostile`.
 */
export function faultRoutes(faults: Faults, hostile: Omit<HostileOrigin, 'close'>): ControlRoutes {
  return {
    'GET /faults': () =>
      jsonAnswer({ set: faults.list(), happened: faults.counts(), events: faults.events() }),
    'POST /faults': ({ body }) => {
      for (const fault of [body].flat() as Fault[]) faults.add(fault);
      return jsonAnswer({ set: faults.list() });
    },
    'POST /faults/clear': () => {
      faults.clear();
      return jsonAnswer({ set: [] });
    },
    'GET /faults/kinds': () =>
      jsonAnswer(
        Object.entries(faultKinds).map(([kind, { about, on, takes }]) => ({
          kind,
          about,
          on,
          takes,
        })),
      ),
    'GET /hostile': () =>
      jsonAnswer({ https: hostile.https, http: hostile.http, ...hostile.received() }),
    'POST /hostile/clear': () => {
      hostile.clear();
      return jsonAnswer(hostile.received());
    },
  };
}
