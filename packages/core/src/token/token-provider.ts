import { createBuiltInCredential } from '../credential/built-in-credential.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings/settings.ts';
import { createSharedTokenProvider } from './shared-token-provider.ts';
import type { TokenProvider } from './token-source.ts';

/** Our own credential, behind the token cache of the settings. */
export async function createTokenProvider(
  settings: Settings,
  ports: Ports,
  opened: AsyncDisposableStack,
): Promise<TokenProvider> {
  const { tokenCache } = settings;
  const credential = await createBuiltInCredential(settings, ports);
  // Settings have warned of a cache that nothing can seal.
  if (tokenCache.kind === 'memory' || credential.sealingProof === undefined) return credential;
  const { openStore } = await import('../store/open-store.ts');
  const store = await openStore(tokenCache, settings, ports);
  return store === undefined
    ? credential
    : createSharedTokenProvider(credential, opened.use(store), settings, ports);
}
