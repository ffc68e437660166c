import type { Secret } from '../secret.ts';
import type { TokenCacheSettings } from '../store/open-store.ts';
import type { Settings } from './settings.ts';

/** One setting as people may see it. */
export interface ShownSetting {
  /** Dotted, in the native form. */
  readonly path: string;
  /** Secrets read `[redacted]`. */
  readonly value: string;
  /** Where it came from; `default` when no source gave it. */
  readonly source: string;
}

/** A URL without user, password and query: enough to see which host is meant. */
function hostOf(secret: Secret): string {
  const url = URL.parse(secret.reveal());
  return url === null ? String(secret) : `${url.protocol}//${url.host}`;
}

function shownCache(cache: TokenCacheSettings): string {
  if (cache.kind === 'redis') return hostOf(cache.url);
  return cache.kind === 'file' && cache.path !== undefined ? `file:${cache.path}` : cache.kind;
}

/** Whatever is no plain value is a secret, or may hold one. */
function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number' ? `${value}` : '[redacted]';
}

function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${milliseconds / 1000}s`;
}

/**
 * Every setting that counts with its source, secrets redacted: what `rollcall config show` prints. Settings that
 * were neither given nor have a default are left out.
 */
export function showSettings(settings: Settings): readonly ShownSetting[] {
  const { credential, limits, sources, query } = settings;
  const values: readonly (readonly [string, unknown, string?])[] = [
    ['tenant', settings.tenant, 'authority'],
    ['cloud', settings.cloud],
    ['authority', settings.authority.href],
    ['protocol', settings.protocol],
    ['clientId', settings.clientId],
    ['scope', settings.scopes.join(' ')],
    ['graph', settings.graph.href],
    ['query', query === undefined ? undefined : JSON.stringify(query), 'graph'],
    ...Object.entries(credential).map(([key, value]) => [`credential.${key}`, value] as const),
    ['proxy', settings.proxy === undefined ? undefined : hostOf(settings.proxy)],
    ['noProxy', settings.noProxy],
    ['caFile', settings.caFile],
    ['tokenCache', shownCache(settings.tokenCache)],
    ['deadline', duration(limits.deadline)],
    ['requestTimeout', duration(limits.requestTimeout)],
    ['maxRetryAfter', duration(limits.maxRetryAfter)],
    ['allowWeakPermissions', settings.allowWeakPermissions],
  ];
  return values.flatMap(([path, value, within]) =>
    value === undefined
      ? []
      : [
          {
            path,
            value: shownValue(value),
            source: sources.get(path) ?? sources.get(within ?? '') ?? 'default',
          },
        ],
  );
}
