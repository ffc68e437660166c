import { randomBytes } from 'node:crypto';

import { SignJWT } from 'jose';

import type { Application } from '../tenant/application.ts';
import { cloudOf, clouds } from '../tenant/cloud.ts';
import type { Resource } from '../tenant/resource.ts';
import type { SigningKey } from './signing-key.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** Tokens are dated back by so much, for clients whose clocks are slow. */
const backdatedSeconds = 300;

export interface TokenOrder {
  readonly tenant: Tenant;
  readonly application: Application;
  readonly resource: Resource;
  readonly roles: readonly string[];
  /** `1` by secret, `2` by certificate or federated assertion. */
  readonly authenticatedBy: '1' | '2';
  /** Of version 2 tokens. */
  readonly issuer: string;
  readonly lifetimeSeconds: number;
  /** Whether the client can handle claims challenges (`cp1`). */
  readonly continuous: boolean;
  readonly now: Date;
}

function versionClaims(order: TokenOrder): Record<string, unknown> {
  const { application, authenticatedBy, tenant } = order;
  if (order.resource.tokenVersion === 2)
    return {
      ver: '2.0',
      iss: order.issuer,
      azp: application.clientId,
      azpacr: authenticatedBy,
    };
  const issuer = `${cloudOf(new URL(order.resource.audience).hostname)?.tokenIssuer ?? clouds.global.tokenIssuer}/${tenant.id}/`;
  return {
    ver: '1.0',
    iss: issuer,
    idp: issuer,
    appid: application.clientId,
    app_displayname: application.displayName,
    appidacr: authenticatedBy,
  };
}

/** Entra's own bookkeeping, opaque to all others. */
function filler(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** Signs an application-only access token with the claims that Entra's have. */
export function signAccessToken(order: TokenOrder, key: SigningKey): Promise<string> {
  const { application, resource, tenant } = order;
  const now = Math.floor(order.now.getTime() / 1000);
  const claims = {
    aud: resource.audience,
    iat: now - backdatedSeconds,
    nbf: now - backdatedSeconds,
    exp: now + order.lifetimeSeconds,
    aio: filler(33),
    ...versionClaims(order),
    idtyp: 'app',
    oid: application.objectId,
    rh: `1.${filler(24)}.`,
    ...(order.roles.length === 0 ? {} : { roles: order.roles }),
    sub: application.objectId,
    tenant_region_scope: 'EU',
    tid: tenant.id,
    uti: filler(16),
    wids: ['0997a1d0-0d1d-4acb-b408-d5ca73121e90'],
    ...(order.continuous ? { xms_cc: ['cp1'] } : {}),
    xms_tcdt: 1_577_836_800,
  };
  return new SignJWT(claims)
    .setProtectedHeader({
      typ: 'JWT',
      alg: 'RS256',
      // Version 1 tokens name their key twice.
      ...(resource.tokenVersion === 1 ? { x5t: key.kid } : {}),
      kid: key.kid,
    })
    .sign(key.privateKey);
}
