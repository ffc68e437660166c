import { resolve } from 'node:path';

import { Secret } from '../../secret.ts';
import type { Report } from '../report.ts';
import type { TokenCacheSettings } from '../settings.ts';

/** Checks where tokens are kept; `memory` when nothing is said. */
export function checkTokenCache(
  text: string | undefined,
  origin: { readonly source: string; readonly folder: string },
  report: Report,
): TokenCacheSettings {
  if (text === undefined || text === 'memory') return { kind: 'memory' };
  if (text === 'file') return { kind: 'file' };
  if (text.startsWith('file:') && text.length > 'file:'.length)
    return { kind: 'file', path: resolve(origin.folder, text.slice('file:'.length)) };
  if (/^rediss?:\/\//u.test(text) && (URL.parse(text)?.hostname ?? '') !== '')
    return { kind: 'redis', url: new Secret(text) };
  report.mistake({
    path: 'tokenCache',
    source: origin.source,
    message: 'is no place for tokens',
    hint: 'Write memory, file, file:PATH, redis://HOST:PORT or rediss://HOST:PORT.',
  });
  return { kind: 'memory' };
}
