import type { Ports } from '../ports.ts';
import type { TokenCacheSettings } from '../settings/settings.ts';
import type { TokenOwner } from '../token/shared-token-provider.ts';
import type { TokenStore } from './store.ts';

type Openers = {
  readonly [Kind in TokenCacheSettings['kind']]: (
    settings: Extract<TokenCacheSettings, { kind: Kind }>,
    owner: TokenOwner,
    ports: Pick<Ports, 'clock' | 'log'>,
  ) => Promise<TokenStore | undefined>;
};

/** Loaded when chosen: SQLite and Redis are nothing that everybody's start should wait for. */
const openers: Openers = {
  memory: async () => undefined,
  file: async ({ path }, owner, ports) => {
    const { createFileTokenStore, defaultCachePath } = await import('./file-store.ts');
    return createFileTokenStore(path ?? defaultCachePath(owner), ports);
  },
  redis: async ({ url }, _, ports) => {
    const { createRedisTokenStore } = await import('./redis-store.ts');
    return createRedisTokenStore(url, ports);
  },
};

/** The store that the settings name; undefined for memory alone. */
export function openTokenStore<Kind extends TokenCacheSettings['kind']>(
  settings: Extract<TokenCacheSettings, { kind: Kind }>,
  owner: TokenOwner,
  ports: Pick<Ports, 'clock' | 'log'>,
): Promise<TokenStore | undefined> {
  const kind: Kind = settings.kind;
  return openers[kind](settings, owner, ports);
}
