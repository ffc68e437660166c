import { clouds } from '../cloud.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings/settings.ts';
import { defaultRetryPolicy } from '../transport/retry-decision.ts';
import { sharedSupply } from './cache/shared-supply.ts';
import type { TokenSupply } from './token-source.ts';

/** Our own credential, behind the token cache of the settings. What it needs is loaded here and not before. */
export async function ownSupply(
  settings: Settings,
  ports: Ports,
  opened: AsyncDisposableStack,
): Promise<TokenSupply> {
  const { createCredential } = await import('../credential/create-credential.ts');
  const { tenant, authority, protocol, clientId, cloud, limits, tokenCache } = settings;
  const credential = createCredential(settings.credential, {
    tenant,
    authority,
    protocol,
    clientId,
    ports,
    allowWeakPermissions: settings.allowWeakPermissions,
    portal: cloud === 'custom' ? undefined : new URL(clouds[cloud].portal),
    retryPolicy: { ...defaultRetryPolicy, maxRetryAfter: limits.maxRetryAfter },
  });
  if (tokenCache.kind === 'memory') return credential;
  const { openTokenStore } = await import('./cache/open-token-store.ts');
  const store = await openTokenStore(tokenCache, settings, ports);
  return store === undefined
    ? credential
    : sharedSupply(credential, opened.use(store), settings, ports);
}
