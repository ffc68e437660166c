import { ownCredential } from '../credential/built-in-credential.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings/settings.ts';
import { sharedSupply } from './shared-token-provider.ts';
import type { TokenSupply } from './token-source.ts';

/** Our own credential, behind the token cache of the settings. */
export async function ownSupply(
  settings: Settings,
  ports: Ports,
  opened: AsyncDisposableStack,
): Promise<TokenSupply> {
  const { tokenCache } = settings;
  const credential = await ownCredential(settings, ports);
  // Settings have warned of a cache that nothing can seal.
  if (tokenCache.kind === 'memory' || credential.sealingProof === undefined) return credential;
  const { openTokenStore } = await import('../store/open-store.ts');
  const store = await openTokenStore(tokenCache, settings, ports);
  return store === undefined
    ? credential
    : sharedSupply(credential, opened.use(store), settings, ports);
}
