import { SettingsError } from '../errors/settings-error.ts';
import type { Ports } from '../ports.ts';
import type { Secret } from '../secret.ts';
import type { createRedisStore } from './redis-store.ts';
import type { Store, TokenOwner } from './store.ts';

interface RedisModule {
  readonly createRedisStore: typeof createRedisStore;
}

/** Where tokens are kept between calls. */
export type TokenCacheSettings =
  | { readonly kind: 'memory' }
  /** `path` is absolute; the default path of the cache when absent. */
  | { readonly kind: 'file'; readonly path?: string | undefined }
  /** The URL can contain a password. */
  | { readonly kind: 'redis'; readonly url: Secret };

export interface OpenStoreOptions {
  readonly owner: TokenOwner;
  readonly ports: Pick<Ports, 'clock' | 'log'>;
  /** The source of the setting `tokenCache`, for messages. */
  readonly source?: string | undefined;
  /** Loads the store of Redis, whose client is an optional peer dependency. */
  readonly loadRedisStore?: (() => Promise<RedisModule>) | undefined;
}

type Openers = {
  readonly [Kind in TokenCacheSettings['kind']]: (
    settings: Extract<TokenCacheSettings, { kind: Kind }>,
    options: OpenStoreOptions,
  ) => Promise<Store | undefined>;
};

/** The codes of `import` and of `require`, which the bundled command uses. */
const notInstalled: ReadonlySet<string> = new Set(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

async function loadRedis({
  source = 'tokenCache',
  loadRedisStore = () => import('./redis-store.ts'),
}: OpenStoreOptions): Promise<RedisModule> {
  try {
    return await loadRedisStore();
  } catch (error) {
    if (!notInstalled.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    const issue = {
      path: 'tokenCache',
      source,
      message: 'needs the package @redis/client, which is not installed',
      hint: 'Run `npm install @redis/client`, or use another token cache: memory, file or file:PATH.',
    };
    throw new SettingsError([issue], error);
  }
}

/** Each store is loaded only when it is configured: SQLite and Redis would slow down every start. */
const openers: Openers = {
  memory: async () => undefined,
  file: async ({ path }, { owner, ports }) => {
    const { createFileStore, defaultCachePath } = await import('./file-store.ts');
    return createFileStore(path ?? defaultCachePath(owner), ports);
  },
  redis: async ({ url }, options) => {
    const redis = await loadRedis(options);
    return redis.createRedisStore(url, options.ports);
  },
};

/**
 * Opens the store that the settings name; undefined for memory only.
 * @throws {SettingsError} when the store needs a package that is not installed
 */
export function openStore<Kind extends TokenCacheSettings['kind']>(
  settings: Extract<TokenCacheSettings, { kind: Kind }>,
  options: OpenStoreOptions,
): Promise<Store | undefined> {
  const kind: Kind = settings.kind;
  return openers[kind](settings, options);
}
