import { openDirectory } from '../open-directory.ts';
import type { Directory } from '../users/directory.ts';
import { createEventLog, type LoggedEvent } from './event-log.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeGraph, type FakeGraph, type FakeGraphOptions, fakeRoot } from './fake-graph.ts';

export interface FakeWorld {
  readonly directory: Directory;
  readonly graph: FakeGraph;
  readonly clock: FakeClock;
  /** The claims of each token that was requested. */
  readonly tokens: (string | undefined)[];
  /** What was logged, without the events of requests and tokens. */
  readonly events: Omit<LoggedEvent, 'level'>[];
  /** The fields of each request's event. */
  readonly requests: LoggedEvent['fields'][];
}

export interface FakeWorldOptions extends FakeGraphOptions {
  readonly deadline?: number | undefined;
  /** Runs before each token is returned: it can throw, wait or count. */
  readonly beforeToken?: (() => Promise<void> | void) | undefined;
  /** In [0, 1), for jitter. */
  readonly random?: number | undefined;
  /** Whether DNS finds an address for a host. */
  readonly canResolve?: ((host: string) => Promise<boolean>) | undefined;
  readonly root?: URL | undefined;
  /** The text of every token. */
  readonly token?: string | undefined;
}

/** Opens a directory over a Graph in memory, with a clock that jumps and a credential that always returns a token. */
export async function openFake(options: FakeWorldOptions): Promise<FakeWorld> {
  const clock = createFakeClock();
  const graph = createFakeGraph(options);
  const tokens: (string | undefined)[] = [];
  const events: FakeWorld['events'] = [];
  const requests: FakeWorld['requests'] = [];
  const { log, logged } = createEventLog();
  const directory = await openDirectory(
    {
      tenant: 'contoso.example',
      authority: 'https://login.example/contoso.example',
      graph: options.root ?? fakeRoot,
      ...(options.deadline === undefined ? {} : { deadline: `${options.deadline}ms` }),
      credential: {
        async getToken(_scopes, asked) {
          tokens.push(asked?.claims);
          await options.beforeToken?.();
          return {
            token: options.token ?? `token-${tokens.length}`,
            expiresOnTimestamp: clock.wall() + 3_600_000,
          };
        },
      },
    },
    {
      clock,
      random: () => options.random ?? 0.5,
      dispatch: graph.dispatch,
      canResolve: options.canResolve,
      log(event, given) {
        log(event, given);
        const { fields = {} } = logged.at(-1) ?? {};
        if (event === 'request') requests.push(fields);
        else if (event !== 'token-received') events.push({ event, fields });
      },
    },
  );
  return { directory, graph, clock, tokens, events, requests };
}
