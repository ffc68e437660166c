import { jsonAnswer, type ControlRoutes } from '../control/control-server.ts';
import type { Journal } from './journal.ts';

/** `GET /journal[?since=N&class=token]` and `POST /journal/clear`. */
export function journalRoutes(journal: Journal): ControlRoutes {
  return {
    'GET /journal': ({ url }) => {
      const since = Number(url.searchParams.get('since') ?? 0);
      const wanted = url.searchParams.get('class');
      const entries = journal
        .entries()
        .filter((entry) => entry.number > since && (wanted === null || entry.class === wanted));
      return jsonAnswer({ ...journal.counts(), entries });
    },
    'POST /journal/clear': () => {
      journal.clear();
      return jsonAnswer({ cleared: true });
    },
  };
}
