import type { Clock } from '../clock.ts';
import { createGroups } from '../directory/groups.ts';
import type { People } from '../directory/people.ts';
import type { Replicas } from '../directory/replicas.ts';
import { createBodyBuffers } from '../http/body-buffers.ts';
import { createDeltaTokens } from './delta/delta-token.ts';
import type { Directory } from './graph-request.ts';
import { createAskedTokens } from './paging/asked-tokens.ts';
import { createPageCookies } from './paging/page-cookies.ts';
import { createPageTokens } from './paging/page-token.ts';
import type { ReadingRoute } from './route.ts';
import { settle, type Unsettled } from './unsettled.ts';
import { createUserPages } from './users/user-pages.ts';
import { createWrittenUsers } from './users/written-users.ts';

/** The directory and its replicas, with what its operations share. */
export interface Directories {
  readonly original: Directory;
  /** The one that answers a request: a replica where there are some. */
  readonly of: (route: ReadingRoute) => Directory;
  /** From now on these choices, the others as they are. */
  readonly choose: (choices: Partial<Unsettled>) => void;
}

export interface DirectoriesOptions {
  readonly people: People;
  origin(): string;
  readonly clock: Clock;
  readonly seed: number;
  readonly unsettled?: Partial<Unsettled> | undefined;
  readonly filteredTokenIdleSeconds?: number | undefined;
  readonly replicas?: Pick<Replicas, 'next'> | undefined;
}

/** Memory for the serialised users of a replica. */
const copyBytes = 2 ** 28;

export function createDirectories(options: DirectoriesOptions): Directories {
  const { people, clock, seed } = options;
  let unsettled = settle(options.unsettled);
  const shared = {
    tokens: createPageTokens(seed),
    deltaTokens: createDeltaTokens(seed),
    askedTokens: createAskedTokens(),
    cookies: createPageCookies(clock, options.filteredTokenIdleSeconds),
    bodyBuffers: createBodyBuffers(),
    origin: () => options.origin(),
    now: () => clock.now(),
  };

  /** @param bytes memory for serialised users */
  function directoryOf(copy: People, bytes?: number): Directory {
    return {
      ...shared,
      people: copy,
      groups: createGroups(copy, seed),
      pages: createUserPages(copy),
      written: createWrittenUsers(copy, bytes),
      get unsettled() {
        return unsettled;
      },
    };
  }

  const original = directoryOf(people);
  const copies = new Map<People, Directory>([[people, original]]);
  return {
    original,
    of(route) {
      // A delta query reads the original, because its tokens count changes.
      const copy = route.to === 'delta' ? people : (options.replicas?.next() ?? people);
      const directory = copies.get(copy) ?? directoryOf(copy, copyBytes);
      copies.set(copy, directory);
      return directory;
    },
    choose(choices) {
      unsettled = { ...unsettled, ...choices };
    },
  };
}
