import { resolve } from 'node:path';

import { strategyOf } from '../../credential/create-credential.ts';
import { Secret } from '../../secret.ts';
import type { Report } from '../report.ts';
import type { TokenCacheSettings } from '../../store/open-store.ts';
import type { CredentialSettings } from '../settings.ts';

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

/** Warns of a cache that stays empty, because nothing that only this credential has could seal it. */
export function warnOfUnsealable(
  { kind: place }: TokenCacheSettings,
  { kind }: CredentialSettings,
  source: string,
  report: Report,
): void {
  if (place === 'memory' || strategyOf(kind).canSealTokens !== 'never') return;
  report.warning({
    path: 'tokenCache',
    source,
    message: `tokens of a ${kind} credential stay in memory, as it has no secret to seal them by`,
    hint: 'Remove tokenCache: each process asks for a token of its own. To share one between processes, use a client certificate.',
  });
}
