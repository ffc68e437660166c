import { randomUUID } from 'node:crypto';

import type { Answer, Call } from '../../http/handler.ts';
import { makeRegistrations } from '../../start/registrations.ts';
import { createApplications, type Application } from '../tenant/application.ts';
import { createAssertionLog } from '../assertions/assertion-log.ts';
import { createIdentity } from '../identity.ts';
import { graphResources } from '../tenant/cloud.ts';
import { createFederatedIssuer } from '../assertions/federated-issuer.ts';
import type { Resource } from '../tenant/resource.ts';
import { makeRsaPair } from '../tokens/rsa-pair.ts';
import { signingKey, type SigningKey } from '../tokens/signing-key.ts';

export const origin = 'https://127.0.0.1:4430';
export const tenant = {
  id: '11111111-2222-4333-8444-555555555555',
  displayName: 'Contoso',
  domains: ['contoso.onmicrosoft.com'],
};
export const tokenPath = `/${tenant.id}/oauth2/v2.0/token`;
export const graphScope = 'https://graph.microsoft.com/.default';

export function call(
  method: string,
  target: string,
  form: Record<string, string> | URLSearchParams = {},
  headers: Record<string, string> = {},
): Call {
  return {
    method,
    url: new URL(`${origin}${target}`),
    headers: {
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...headers,
    },
    body: Buffer.from(String(new URLSearchParams(form))),
    requestId: randomUUID(),
  };
}

export function json(answer: Answer): Record<string, unknown> {
  return JSON.parse(String(answer.body)) as Record<string, unknown>;
}

/** A tenant's identity with the three standard applications, a clock to set, and keys to change. */
export async function identityUnderTest(
  options: {
    applications?: readonly Application[];
    resources?: readonly Resource[];
    refuseReplays?: boolean;
    namesField?: boolean;
  } = {},
) {
  const time = { now: Date.parse('2026-11-22T12:00:00Z') };
  const clock = { now: () => time.now };
  const platform = createFederatedIssuer(
    {
      issuer: 'https://oidc.sandbox.example/cluster',
      subject: 'system:serviceaccount:rollcall:daemon',
      audience: 'api://AzureADTokenExchange',
    },
    () => time.now,
  );
  const [pair, registrations] = await Promise.all([
    makeRsaPair(),
    makeRegistrations('1', new Date(time.now), platform.issuer),
  ]);
  const keys: { current: readonly SigningKey[] } = { current: [signingKey(pair)] };
  const applications = createApplications([
    ...registrations.applications,
    ...(options.applications ?? []),
  ]);
  const assertionLog = createAssertionLog(options.refuseReplays ?? false);
  const identity = createIdentity({
    tenant,
    applications,
    resources: [...graphResources, ...(options.resources ?? [])],
    assertionLog,
    lifetimes: { ordinarySeconds: 3_600, continuousSeconds: 86_400 },
    federation: {
      issuer: async (name) => (name === platform.issuer ? await platform.trusted() : undefined),
      namesField: options.namesField ?? false,
    },
    clock,
    signingKeys: () => keys.current,
  });
  const described: Record<string, unknown> = {};
  const handle = (request: Call): Promise<Answer> =>
    identity.handle(request, (facts) => Object.assign(described, facts));
  const { secretClient } = registrations.clients;
  return {
    ...registrations.clients,
    platform,
    federatedClientId: registrations.federatedClientId,
    time,
    keys,
    applications,
    assertionLog,
    described,
    handle,
    verify: identity.verifyAccessToken,
    /** Requests a token with the secret. `parameters` replace the usual ones. */
    ask: (changes: Record<string, string> = {}, target: string = tokenPath): Promise<Answer> =>
      handle(
        call('POST', target, {
          grant_type: 'client_credentials',
          client_id: secretClient.clientId,
          client_secret: secretClient.secret,
          scope: graphScope,
          ...changes,
        }),
      ),
  };
}
