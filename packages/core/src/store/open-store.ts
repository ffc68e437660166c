import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { Store, TokenOwner } from './store.ts';

/** Where tokens are kept between calls. */
export type TokenCacheSettings =
  | { readonly kind: 'memory' }
  /** `path` is absolute; the default path of the cache when absent. */
  | { readonly kind: 'file'; readonly path?: string | undefined }
  /** The URL can contain a password. */
  | { readonly kind: 'redis'; readonly url: Secret };

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
