import type { Clock } from '../../clock.ts';
import type { Answer, Call } from '../../http/handler.ts';
import type { AssertionFacts, CredentialKind } from '../../journal/entry.ts';
import { signAccessToken } from '../tokens/access-token.ts';
import type { Application, Applications } from '../tenant/application.ts';
import { assertionFacts } from '../assertions/assertion-facts.ts';
import type { AssertionLog } from '../assertions/assertion-log.ts';
import { readClaimsRequest } from './claims-request.ts';
import { checkClientAssertion } from '../assertions/client-assertion.ts';
import { checkClientSecret } from './client-secret.ts';
import { identityHeaders } from '../refusal/identity-headers.ts';
import { resourcesAt } from '../tenant/cloud.ts';
import { issuerOf } from '../tenant/issuer.ts';
import {
  checkFederatedAssertion,
  type FederationRules,
} from '../assertions/federated-assertion.ts';
import { firstPartyResources, resourceOf, type Resource } from '../tenant/resource.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';
import { readTokenRequest, type Proof, type TokenRequest } from './token-request.ts';

export interface TokenLifetimes {
  /** Of an ordinary token, in seconds. Entra: 3,600. */
  readonly ordinarySeconds: number;
  /** Of a token for a client that handles claims challenges. Entra: up to 86,400. */
  readonly continuousSeconds: number;
}

export interface TokenEndpointParts {
  readonly tenant: Tenant;
  readonly applications: Applications;
  readonly resources: readonly Resource[];
  readonly assertionLog: AssertionLog;
  readonly lifetimes: TokenLifetimes;
  readonly clock: Clock;
  readonly federation: Omit<FederationRules, 'now'>;
  signingKey(): SigningKey;
}

/** Told to the journal as soon as it is known, so that a refused request is described too. */
export type Describe = (facts: {
  clientId?: string;
  credential?: CredentialKind;
  assertion?: AssertionFacts;
}) => void;

function findApplication(parts: TokenEndpointParts, clientId: string): Application {
  const application = parts.applications.find(clientId);
  if (application === undefined)
    throw new TokenRefusal('unknownApplication', {
      app: clientId,
      directory: parts.tenant.displayName,
    });
  if (application.disabled === true)
    throw new TokenRefusal('disabledApplication', { app: clientId, name: application.displayName });
  return application;
}

/** An assertion that the application issued for itself is by certificate; one by another issuer is federated. */
function describeProof({ proof, clientId }: TokenRequest): {
  readonly credential: CredentialKind;
  readonly assertion?: AssertionFacts;
} {
  if (proof.kind !== 'assertion') return { credential: proof.kind };
  const assertion = assertionFacts(proof.assertion);
  const isOwn = assertion.issuer.toLowerCase() === clientId.toLowerCase();
  const isByThumbprint = assertion.keyNamedBy?.startsWith('x5t') === true;
  return { credential: isOwn || isByThumbprint ? 'certificate' : 'federated', assertion };
}

/** The ways to write the tenant name its endpoint; MSAL uses the one that discovery gave. */
function endpointNames(call: Call, tenant: Tenant): string[] {
  return [tenant.id, ...tenant.domains].flatMap((name) => [
    `${call.url.origin}/${name}/oauth2/v2.0/token`,
    `${call.url.origin}/${name}/oauth2/token`,
    `${call.url.origin}/${name}/v2.0`,
  ]);
}

/** The version 1 endpoint writes numbers as text and repeats the resource. */
function olderBody(scope: string, expiresIn: number, now: number, token: string) {
  const seconds = Math.floor(now / 1000);
  return {
    token_type: 'Bearer',
    expires_in: String(expiresIn),
    ext_expires_in: String(expiresIn),
    expires_on: String(seconds + expiresIn + 1),
    not_before: String(seconds - 300),
    resource: scope.slice(0, -'/.default'.length),
    access_token: token,
  };
}

/**
 * Answers a client credentials request (`POST /{tenant}/oauth2/v2.0/token`, or without `v2.0`).
 * @throws {TokenRefusal}
 */
export function createTokenEndpoint(parts: TokenEndpointParts) {
  const prove = async (
    call: Call,
    application: Application,
    proof: Proof,
    kind: CredentialKind,
  ): Promise<'1' | '2'> => {
    const now = new Date(parts.clock.now());
    if (kind === 'federated' && proof.kind === 'assertion') {
      await checkFederatedAssertion(application, proof.assertion, { ...parts.federation, now });
      return '2';
    }
    if (proof.kind === 'assertion') {
      await checkClientAssertion(application, proof.assertion, {
        audiences: endpointNames(call, parts.tenant),
        now,
        log: parts.assertionLog,
      });
      return '2';
    }
    checkClientSecret(application, proof.secret, now);
    return '1';
  };

  return async (call: Call, describe: Describe, version: 1 | 2): Promise<Answer> => {
    const request = readTokenRequest(call, version);
    const proof = describeProof(request);
    describe({ clientId: request.clientId, ...proof });
    const application = findApplication(parts, request.clientId);
    const offered = resourcesAt(call.url, [...parts.resources, ...firstPartyResources]);
    const resource = resourceOf(request.scope, offered, parts.tenant);
    const { continuous } = readClaimsRequest(request.claims);
    const authenticatedBy = await prove(call, application, request.proof, proof.credential);
    if (application.blockedByConditionalAccess === true)
      throw new TokenRefusal('conditionalAccess');
    const isGraph = resource.isGraph === true;
    const longLived = continuous && isGraph;
    const lifetimeSeconds = longLived
      ? parts.lifetimes.continuousSeconds
      : parts.lifetimes.ordinarySeconds;
    const token = await signAccessToken(
      {
        tenant: parts.tenant,
        application,
        resource,
        roles: (isGraph ? application.roles : resource.roles?.[application.clientId]) ?? [],
        authenticatedBy,
        issuer: issuerOf(call, parts.tenant),
        lifetimeSeconds,
        continuous: longLived,
        now: new Date(parts.clock.now()),
      },
      parts.signingKey(),
    );
    const expiresIn = lifetimeSeconds - 1;
    return {
      status: 200,
      headers: identityHeaders(call),
      body: JSON.stringify(
        version === 1
          ? olderBody(request.scope, expiresIn, parts.clock.now(), token)
          : {
              token_type: 'Bearer',
              expires_in: expiresIn,
              ext_expires_in: expiresIn,
              // Only long-lived tokens say when to renew early.
              ...(longLived ? { refresh_in: Math.floor(expiresIn / 2) } : {}),
              access_token: token,
            },
      ),
    };
  };
}
