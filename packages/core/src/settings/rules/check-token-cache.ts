import { resolve } from 'node:path';

import type { Strategy } from '../../credential/strategy.ts';
import type { Secret } from '../../secret.ts';
import type { TokenCacheSettings } from '../../store/open-store.ts';
import type { IssueReport } from '../collect-issues.ts';

/** Whether a text is the URL of a Redis server: the path can only be the number of a database. */
function isRedisUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^rediss?:$/u.test(url.protocol) || url.hostname === '') return false;
  return /^(?:|\/|\/\d{1,4})$/u.test(url.pathname) && url.search === '' && url.hash === '';
}

/** Checks where tokens are cached; `memory` when the setting is absent. */
export function checkTokenCache(
  value: Secret | undefined,
  origin: { readonly source: string | undefined; readonly directory: string },
  report: IssueReport,
): TokenCacheSettings {
  const text = value?.reveal();
  if (value === undefined || text === undefined || text === 'memory') return { kind: 'memory' };
  if (text === 'file') return { kind: 'file' };
  if (text.startsWith('file:') && text.length > 'file:'.length)
    return { kind: 'file', path: resolve(origin.directory, text.slice('file:'.length)) };
  if (isRedisUrl(text)) return { kind: 'redis', url: value };
  report.error({
    path: 'tokenCache',
    source: origin.source,
    message: 'is not a supported token cache',
    hint: 'Write memory, file, file:PATH, redis://HOST:PORT or rediss://HOST:PORT, with /NUMBER for another database.',
  });
  return { kind: 'memory' };
}

/** Warns about a shared cache that stays empty, because the credential contains no secret to encrypt tokens with. */
export function warnOfUnusableCache(
  cache: TokenCacheSettings,
  { kind, canSealTokens }: Strategy,
  source: string,
  report: IssueReport,
): void {
  if (cache.kind === 'memory' || canSealTokens !== 'never') return;
  report.warning({
    path: 'tokenCache',
    source,
    message: `tokens of a ${kind} credential are only cached in memory: it contains no secret to encrypt them with`,
    hint: 'Remove tokenCache: each process requests its own token. To share tokens between processes, use a client certificate.',
  });
}
