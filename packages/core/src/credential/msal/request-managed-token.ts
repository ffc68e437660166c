import { AsyncLocalStorage } from 'node:async_hooks';

import {
  LogLevel,
  ManagedIdentityApplication,
  type INetworkModule,
  type ManagedIdentityIdParams,
} from '@azure/msal-node';

import type { HttpRequest } from '../../ports.ts';
import type { AccessToken } from '../access-token.ts';
import { tokenOfReply } from '../token-reply.ts';
import type { TokenRequest } from '../access-token.ts';
import { managedIdentityRefusal } from '../refusal/managed-identity-refusal.ts';
import type { CredentialContext } from '../strategy.ts';
import { exchangeJson } from './exchange-json.ts';
import { createNetworkModule } from './network-module.ts';

/**
 * MSAL picks the platform's endpoint once per process and keeps the network module of whoever asked first. So that
 * module is this one, which hands every call to the request that it belongs to.
 */
const current = new AsyncLocalStorage<INetworkModule>();

function ofThisRequest(): INetworkModule {
  const network = current.getStore();
  if (network === undefined) throw new Error('MSAL called outside of a request');
  return network;
}

const dispatcher: INetworkModule = {
  sendGetRequestAsync: (...call) => ofThisRequest().sendGetRequestAsync(...call),
  sendPostRequestAsync: (...call) => ofThisRequest().sendPostRequestAsync(...call),
};

/** Gets a token from the platform that this machine runs on, by MSAL; `probe` sees every request before it is sent. */
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
    // These endpoints are on this machine or its host; no proxy knows them, and none should see their answers.
    const direct = { ...sent, direct: true };
    await probe(direct);
    const { response, body } = await exchangeJson(direct, context);
    // Azure Arc answers first with the path of a file that only administrators can read.
    if (response.status === 401 && 'www-authenticate' in response.headers)
      return { response, body };
    if (response.status !== 200) throw managedIdentityRefusal(response, body, context);
    token = tokenOfReply(body, ports.clock);
    return { response, body };
  }, request.signal);
  const application = new ManagedIdentityApplication({
    managedIdentityIdParams: identity,
    system: {
      networkClient: dispatcher,
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
  if (token === undefined) throw new Error('MSAL gave a token without asking for one');
  return token;
}
