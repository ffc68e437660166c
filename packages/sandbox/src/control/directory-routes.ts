import type { Answer } from '../http/handler.ts';
import type { GraphApi } from '../graph/graph-api.ts';
import { readChoices } from '../graph/unsettled.ts';
import type { ChangeEngine } from '../directory/change-engine.ts';
import { changeActions, type ChangeAction } from '../directory/change-script.ts';
import type { People } from '../directory/people.ts';
import type { Replicas } from '../directory/replicas.ts';
import { tellTruth } from '../directory/truth.ts';

export interface DirectoryParts {
  readonly people: People;
  readonly replicas: Replicas;
  readonly changes: ChangeEngine;
  readonly graph: Pick<
    GraphApi,
    'cookies' | 'throttle' | 'usersOf' | 'groups' | 'setLimit' | 'unsettled' | 'choose'
  >;
}

interface DirectoryCall {
  readonly url: URL;
  /** Parsed JSON of a POST. */
  readonly body?: unknown;
}

type DirectoryRoutes = Readonly<Record<string, (call: DirectoryCall) => Answer>>;

function json(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}

interface ChangeOrder {
  readonly count: number;
  readonly action: ChangeAction | undefined;
  readonly rate: number | undefined;
}

/** @throws {TypeError} for an unknown order */
function readOrder(body: unknown): ChangeOrder {
  const order = (typeof body === 'object' ? body : undefined) ?? {};
  const known = ['count', 'action', 'rate'];
  const unknown = Object.keys(order).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new TypeError(`Unknown name "${unknown}"; valid names are ${known.join(', ')}`);
  }
  const { count = 0, action, rate } = order as Readonly<Record<string, unknown>>;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > 1_000_000) {
    throw new TypeError('count is a whole number from 0 to 1,000,000');
  }
  if (rate !== undefined && (typeof rate !== 'number' || !(rate >= 0 && rate <= 100_000))) {
    throw new TypeError('rate is a number of changes a second, from 0 to 100,000');
  }
  const knownAction = changeActions.find((name) => name === action);
  if (action !== undefined && knownAction === undefined) {
    throw new TypeError(`action is one of ${changeActions.join(', ')}`);
  }
  return { count, action: knownAction, rate };
}

/** @throws {TypeError} for an invalid limit */
function readLimit(body: unknown): number | undefined {
  const { unitsPer10Seconds: units } = (body ?? {}) as { unitsPer10Seconds?: unknown };
  if (units === null) return undefined;
  if (typeof units !== 'number' || !(units > 0)) {
    throw new TypeError('unitsPer10Seconds is a number above 0, or null');
  }
  return units;
}

/** @throws {TypeError} for an invalid idle time */
function readIdleSeconds(body: unknown): number | undefined {
  const { filteredTokenIdleSeconds: idle } = (body ?? {}) as { filteredTokenIdleSeconds?: unknown };
  if (idle === null) return undefined;
  if (typeof idle !== 'number' || !(idle >= 0)) {
    throw new TypeError('filteredTokenIdleSeconds is a number of seconds, 0 or more, or null');
  }
  return idle;
}

/**
 * The routes of the control port that show and change the directory:
 *
 * - `GET /truth`: `?ids=false` leaves the IDs out; `?of=` names a collection by its path, such as
 *   `/directory/deletedItems/microsoft.graph.user`
 * - `GET /groups`
 * - `GET /changes`, `POST /changes {count?, action?, rate?}`
 * - `GET /replicas`, `POST /replicas {lagSeconds}`; with an empty list the directory itself answers
 * - `GET /throttle`, `POST /throttle {unitsPer10Seconds}`; null selects the limit of the tenant's size
 * - `GET /paging`, `POST /paging {filteredTokenIdleSeconds}`; null means never
 * - `GET /unsettled`, `POST /unsettled {name: choice}`
 */
export function directoryRoutes({
  people,
  replicas,
  changes,
  graph,
}: DirectoryParts): DirectoryRoutes {
  const state = (done: number): Answer =>
    json({ done, rate: changes.rate, revision: people.revision, ledger: changes.ledger });
  return {
    'GET /truth': ({ url }) => {
      const of = url.searchParams.get('of');
      const users = of === null ? undefined : graph.usersOf(`/v1.0${of}`);
      const { ids, ...truth } = tellTruth(people, users);
      return json(url.searchParams.get('ids') === 'false' ? truth : { ...truth, ids });
    },
    'GET /groups': () => json(graph.groups),
    'GET /changes': () => state(0),
    'POST /changes': ({ body }) => {
      const { count, action, rate } = readOrder(body);
      if (rate !== undefined) changes.setRate(rate);
      return state(changes.run(count, action));
    },
    'GET /throttle': () => json(graph.throttle()),
    'POST /throttle': ({ body }) => {
      graph.setLimit(readLimit(body));
      return json(graph.throttle());
    },
    'GET /replicas': () => json({ lagSeconds: replicas.lags }),
    'POST /replicas': ({ body }) => {
      replicas.setLags((body as { lagSeconds?: unknown } | null)?.lagSeconds);
      return json({ lagSeconds: replicas.lags });
    },
    'GET /paging': () => json({ filteredTokenIdleSeconds: graph.cookies.idleSeconds ?? null }),
    'POST /paging': ({ body }) => {
      graph.cookies.setIdleSeconds(readIdleSeconds(body));
      return json({ filteredTokenIdleSeconds: graph.cookies.idleSeconds ?? null });
    },
    'GET /unsettled': () => json(graph.unsettled()),
    'POST /unsettled': ({ body }) => {
      graph.choose(readChoices(body));
      return json(graph.unsettled());
    },
  };
}
