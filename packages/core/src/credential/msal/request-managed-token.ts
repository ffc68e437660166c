import { AsyncLocalStorage } from 'node:async_hooks';

import {
  LogLevel,
  ManagedIdentityApplication,
  type INetworkModule,
  type ManagedIdentityIdParams,
} from '@azure/msal-node';

import type { HttpRequest } from '../../ports.ts';
import type { AccessToken } from '../access-token.ts';
import { parseTokenResponse } from '../token-response/parse-token-response.ts';
import type { TokenRequest } from '../access-token.ts';
import { managedIdentityErrorOf } from '../token-response/managed-identity-error-of.ts';
import type { CredentialContext } from '../strategy.ts';
import { sendJson } from './send-json.ts';
import { createNetworkModule } from './create-network-module.ts';

/**
 * The network module of the current request. MSAL selects the endpoint of the platform once per process and keeps the
 * network module of the first application, so that the module below forwards each call to the module of its own
 * request.
 */
const current = new AsyncLocalStorage<INetworkModule>();

function currentModule(): INetworkModule {
  const network = current.getStore();
  if (network === undefined) throw new Error('MSAL called outside of a request');
  return network;
}

const forwardingModule: INetworkModule = {
  sendGetRequestAsync: (...call) => currentModule().sendGetRequestAsync(...call),
  sendPostRequestAsync: (...call) => currentModule().sendPostRequestAsync(...call),
};

/**
 * Requests a token of a managed identity through MSAL.
 * @param probe called with each request before it is sent
 */
export async function requestManagedToken(
  request: TokenRequest,
  context: CredentialContext,
  identity: ManagedIdentityIdParams,
  probe: (request: HttpRequest) => Promise<void>,
): Promise<AccessToken> {
  const { ports } = context;
  request.signal?.throwIfAborted();
  let token: AccessToken | undefined;
  const network = createNetworkModule(async (sent) => {
    // The endpoint is on this machine or its host, so that a proxy cannot reach it and must not see the token.
    const direct = { ...sent, direct: true };
    await probe(direct);
    const { response, body } = await sendJson(direct, context);
    // Azure Arc responds first with a 401 that contains the path of a file, which MSAL reads and sends.
    if (response.status === 401 && 'www-authenticate' in response.headers)
      return { response, body };
    if (response.status !== 200) throw managedIdentityErrorOf(response, body, context);
    token = parseTokenResponse(body, ports.clock);
    return { response, body };
  }, request.signal);
  const application = new ManagedIdentityApplication({
    managedIdentityIdParams: identity,
    system: {
      networkClient: forwardingModule,
      disableInternalRetries: true,
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback() {} },
    },
  });
  const [scope = ''] = request.scopes;
  try {
    await current.run(network, () =>
      application.acquireToken({
        resource: scope.replace(/\/\.default$/u, ''),
        forceRefresh: true,
        ...(request.claims === undefined ? {} : { claims: request.claims }),
      }),
    );
  } catch (error) {
    throw network.failure() ?? error;
  }
  if (token === undefined) throw new Error('MSAL returned a token without a request');
  return token;
}
