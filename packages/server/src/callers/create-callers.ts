import { readFile } from 'node:fs/promises';

import type { Request } from 'express';

import type { ServerLog } from '../observability/server-events.ts';
import { createApiKeys } from './api-keys.ts';
import type { Caller } from './caller.ts';
import type { CallersSettings } from './callers-settings.ts';
import { createClientCertificates } from './client-certificates.ts';
import { createFetchJson, type FetchJson } from './entra/fetch-json.ts';
import { createSigningKeys, type SigningKeys } from './entra/signing-keys.ts';
import { createEntraTokens, type VerifyToken } from './entra/verify-entra-token.ts';
import { presentedCredential } from './presented-credential.ts';
import { invalidCredential, unauthenticated } from './refusals.ts';
import { roles } from './role.ts';

/** Finds out who sent a request. */
export interface Callers {
  /** @throws {RequestError} 401 when the request has no valid credential, 503 when it cannot be verified */
  identify(request: Request): Promise<Caller>;
}

/** Callers on loopback without authentication: each address is one caller that is allowed everything. */
export const unauthenticatedCallers: Callers = {
  async identify({ socket }) {
    const { remoteAddress = 'local' } = socket;
    return { id: `address:${remoteAddress}`, name: undefined, roles: new Set(roles) };
  },
};

export interface CallersOptions {
  readonly settings: CallersSettings;
  readonly log: ServerLog;
  readonly wall: () => number;
  readonly monotonic: () => number;
  /** Reads documents of the identity platform; over HTTPS when absent. */
  readonly fetchJson?: FetchJson | undefined;
}

async function verifierOf(options: CallersOptions): Promise<VerifyToken | undefined> {
  const { log, wall, monotonic } = options;
  const { entra } = options.settings;
  if (entra === undefined) return undefined;
  const ca = entra.caFile === undefined ? undefined : [await readFile(entra.caFile, 'utf8')];
  const fetchJson = options.fetchJson ?? createFetchJson(ca);
  const onError = (reason: string): void => log('signing-keys-failed', { reason });
  const keys = new Map<string, SigningKeys>(
    entra.tenants.map((tenant) => {
      const url = new URL(`${entra.authority}/${tenant}/discovery/v2.0/keys`);
      return [tenant, createSigningKeys({ url, fetchJson, monotonic, onError })];
    }),
  );
  const keysOf = (tenant: string): SigningKeys => {
    const found = keys.get(tenant);
    if (found === undefined) throw invalidCredential('tid');
    return found;
  };
  return createEntraTokens({ settings: entra, keysOf, wall });
}

/**
 * Creates the authentication of callers by a file of callers. A credential of a kind that is not configured is
 * invalid.
 */
export async function createCallers(options: CallersOptions): Promise<Callers> {
  const { keys, certificates } = options.settings;
  const verifyToken = await verifierOf(options);
  const callerOfKey = createApiKeys(keys ?? []);
  const callerOfCertificate =
    certificates === undefined ? undefined : createClientCertificates(certificates);
  return {
    async identify(request) {
      const presented = presentedCredential(request);
      if (presented === undefined) throw unauthenticated;
      if (presented.kind === 'token') {
        if (verifyToken === undefined) throw invalidCredential('tokens are not configured');
        return verifyToken(presented.token);
      }
      if (presented.kind === 'key') {
        const caller = callerOfKey(presented.key);
        if (caller === undefined) throw invalidCredential('unknown API key');
        return caller;
      }
      const caller = presented.isTrusted ? callerOfCertificate?.(presented.certificate) : undefined;
      if (caller === undefined) throw invalidCredential('unknown certificate');
      return caller;
    },
  };
}
