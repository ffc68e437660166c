import { jsonAnswer, type ControlRoutes } from './control-server.ts';
import type { Journal } from '../journal/journal.ts';
import type { WaitLedger } from '../journal/wait-ledger.ts';

/** `GET /journal[?since=N&class=token]`, `POST /journal/clear`, `GET /waits` and `POST /waits/clear`. */
export function journalRoutes(journal: Journal, waits: WaitLedger): ControlRoutes {
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
    'GET /waits': () => jsonAnswer(waits.waits()),
    'POST /waits/clear': () => {
      waits.clear();
      return jsonAnswer(waits.waits());
    },
  };
}
