import type { Secret } from '../secret.ts';
import type { TokenCacheSettings } from '../store/open-store.ts';
import type { Settings } from './settings.ts';

/** A setting with its value in a form without secrets. */
export interface ShownSetting {
  /** The dotted path in the native form. */
  readonly path: string;
  /** `[redacted]` for a secret. */
  readonly value: string;
  /** The source of the value; `default` when no source sets it. */
  readonly source: string;
}

/** Returns a URL without user, password and query. */
function hostOf(secret: Secret): string {
  const url = URL.parse(secret.reveal());
  return url === null ? String(secret) : `${url.protocol}//${url.host}`;
}

function shownCache(cache: TokenCacheSettings): string {
  if (cache.kind === 'redis') return hostOf(cache.url);
  return cache.kind === 'file' && cache.path !== undefined ? `file:${cache.path}` : cache.kind;
}

/** Everything except text, booleans and numbers can contain a secret. */
function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number' ? `${value}` : '[redacted]';
}

function duration(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : `${milliseconds / 1000}s`;
}

/** A value of a source that is not used. */
export interface ShownIgnored {
  readonly path: string;
  readonly source: string;
  /** The source that is used instead, or that supplies the credential. */
  readonly because: string;
}

/**
 * Returns the values of sources that are not used, without the values: another source replaces them, or supplies the
 * credential with its tenant and application.
 *
 * @example
 * for (const { path, source, because } of ignoredSettings(await loadSettings()))
 *   console.log(`${path} of ${source} is ignored: ${because} is used`);
 */
export function ignoredSettings(settings: Settings): readonly ShownIgnored[] {
  return settings.ignored;
}

/**
 * Returns every effective setting with its source, secrets redacted. Settings that are not set and have no default
 * are omitted.
 *
 * @example
 * for (const { path, value, source } of showSettings(await loadSettings())) console.log(path, value, source);
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
