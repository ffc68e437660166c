import {
  ConfidentialClientApplication,
  LogLevel,
  ProtocolMode,
  type Configuration,
} from '@azure/msal-node';

import type { Secret } from '../../secret.ts';
import type { AccessToken } from '../access-token.ts';
import { tokenOfReply } from '../token-reply.ts';
import type { TokenRequest } from '../access-token.ts';
import type { CredentialContext } from '../strategy.ts';
import { refusalOf } from '../refusal/token-refusal.ts';
import { metadataOf } from './authority-metadata.ts';
import { createNetworkModule } from './network-module.ts';
import { exchangeJson } from './exchange-json.ts';

/** What goes into one token post: the secret, or an assertion made for the token endpoint it will be sent to. */
export type Proof =
  | { readonly secret: Secret }
  | { readonly assertion: (tokenEndpoint: string) => string | Promise<string> };

/** The client says that it handles claims challenges, so the service may give tokens that live for a day. */
const clientCapabilities = ['cp1'];

function authOf(proof: Proof): Pick<Configuration['auth'], 'clientSecret' | 'clientAssertion'> {
  if ('secret' in proof) return { clientSecret: proof.secret.reveal() };
  return {
    clientAssertion: async ({ tokenEndpoint }) => proof.assertion(tokenEndpoint ?? ''),
  };
}

/**
 * One token post by MSAL.
 *
 * Every post has an application of its own. An application would otherwise remember failures and replay them
 * without code or status for a minute or more, keep tokens that our token source keeps better, and hold the
 * secret where `inspect` prints it for as long as it lives. Making one costs microseconds.
 */
export async function requestTokenByMsal(
  request: TokenRequest,
  context: CredentialContext,
  proof: Proof,
): Promise<AccessToken> {
  const { clientId, protocol, ports } = context;
  request.signal?.throwIfAborted();
  const { authority, metadata } = await metadataOf(context, request.signal);
  let token: AccessToken | undefined;
  const network = createNetworkModule(async (sent) => {
    const { response, body } = await exchangeJson(sent, context);
    if (response.status !== 200) throw refusalOf(response, body, context);
    token = tokenOfReply(body, ports.clock);
    return { response, body };
  }, request.signal);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify(metadata),
      clientCapabilities,
      ...authOf(proof),
    },
    system: {
      networkClient: network,
      protocolMode: protocol === 'oidc' ? ProtocolMode.OIDC : ProtocolMode.AAD,
      loggerOptions: { logLevel: LogLevel.Error, piiLoggingEnabled: false, loggerCallback() {} },
    },
  });
  try {
    await application.acquireTokenByClientCredential({
      scopes: [...request.scopes],
      skipCache: true,
      ...(request.claims === undefined ? {} : { claims: request.claims }),
    });
  } catch (error) {
    throw network.failure() ?? error;
  }
  if (token === undefined) throw new Error('MSAL gave a token without asking for one');
  return token;
}
