import { clouds } from '../cloud.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings/settings.ts';
import { defaultRetryPolicy } from '../transport/retry-decision.ts';
import type { Credential } from './credential.ts';

/** The credential that the settings name, with all that they say it may know. What it needs is loaded here and not before. */
export async function ownCredential(settings: Settings, ports: Ports): Promise<Credential> {
  const { createCredential } = await import('./create-credential.ts');
  const { tenant, authority, protocol, clientId, cloud, limits, allowWeakPermissions } = settings;
  return createCredential(settings.credential, {
    tenant,
    authority,
    protocol,
    clientId,
    ports,
    requestTimeout: limits.requestTimeout,
    allowWeakPermissions,
    portal: cloud === 'custom' ? undefined : new URL(clouds[cloud].portal),
    retryPolicy: { ...defaultRetryPolicy, maxRetryAfter: limits.maxRetryAfter },
  });
}
