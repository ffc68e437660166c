import type { Ports } from '../ports.ts';
import type { TokenCacheSettings } from '../settings/settings.ts';
import type { TokenOwner } from '../token/shared-token-provider.ts';
import type { Store } from './store.ts';

type Openers = {
  readonly [Kind in TokenCacheSettings['kind']]: (
    settings: Extract<TokenCacheSettings, { kind: Kind }>,
    owner: TokenOwner,
    ports: Pick<Ports, 'clock' | 'log'>,
  ) => Promise<Store | undefined>;
};

/** Loaded when chosen: SQLite and Redis are nothing that everybody's start should wait for. */
const openers: Openers = {
  memory: async () => undefined,
  file: async ({ path }, owner, ports) => {
    const { createFileStore, defaultCachePath } = await import('./file-store.ts');
    return createFileStore(path ?? defaultCachePath(owner), ports);
  },
  redis: async ({ url }, _, ports) => {
    const { createRedisStore } = await import('./redis-store.ts');
    return createRedisStore(url, ports);
  },
};

/** The store that the settings name; undefined for memory alone. */
export function openStore<Kind extends TokenCacheSettings['kind']>(
  settings: Extract<TokenCacheSettings, { kind: Kind }>,
  owner: TokenOwner,
  ports: Pick<Ports, 'clock' | 'log'>,
): Promise<Store | undefined> {
  const kind: Kind = settings.kind;
  return openers[kind](settings, owner, ports);
}
