import { clouds } from '../cloud.ts';
import type { Ports } from '../ports.ts';
import type { Settings } from '../settings/settings.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../retry/retry-decision.ts';
import type { Credential } from './credential.ts';

/**
 * The credential that the settings name, with all that they say it may know. What it needs is loaded here and not before.
 * @param policy how patiently a token is asked for
 */
export async function createBuiltInCredential(
  settings: Settings,
  ports: Ports,
  policy: RetryPolicy = { ...defaultRetryPolicy, maxRetryAfter: settings.limits.maxRetryAfter },
): Promise<Credential> {
  const { createCredential } = await import('./create-credential.ts');
  const { tenant, authority, protocol, clientId, cloud, allowWeakPermissions } = settings;
  return createCredential(settings.credential, {
    tenant,
    authority,
    protocol,
    clientId,
    ports,
    requestTimeout: settings.limits.requestTimeout,
    allowWeakPermissions,
    portal: cloud === 'custom' ? undefined : new URL(clouds[cloud].portal),
    retryPolicy: policy,
  });
}
