import {
  ConfidentialClientApplication,
  LogLevel,
  ProtocolMode,
  type Configuration,
} from '@azure/msal-node';

import type { Secret } from '../../secret.ts';
import type { AccessToken } from '../access-token.ts';
import { parseTokenResponse } from '../token-response/parse-token-response.ts';
import type { TokenRequest } from '../access-token.ts';
import type { CredentialContext } from '../strategy.ts';
import { tokenErrorOf } from '../token-response/token-error-of.ts';
import { metadataOf } from './authority-metadata.ts';
import { createNetworkModule } from './create-network-module.ts';
import { sendJson } from './send-json.ts';

/** The client credential of a token request: a secret, or an assertion for the token endpoint. */
export type ClientCredential =
  | { readonly secret: Secret }
  | { readonly assertion: (tokenEndpoint: string) => string | Promise<string> };

/**
 * The client handles claims challenges (CAE), so that the service can issue tokens with a lifetime of up to a day.
 */
const clientCapabilities = ['cp1'];

function authOf(
  credential: ClientCredential,
): Pick<Configuration['auth'], 'clientSecret' | 'clientAssertion'> {
  if ('secret' in credential) return { clientSecret: credential.secret.reveal() };
  return {
    clientAssertion: async ({ tokenEndpoint }) => credential.assertion(tokenEndpoint ?? ''),
  };
}

/**
 * Requests a token through MSAL.
 *
 * Each request has a new MSAL application, which takes microseconds to create. A shared application would repeat
 * earlier errors for a minute or longer without their code and status, cache tokens in addition to the token source,
 * and keep the secret where `inspect` prints it.
 */
export async function requestTokenByMsal(
  request: TokenRequest,
  context: CredentialContext,
  credential: ClientCredential,
): Promise<AccessToken> {
  const { clientId, protocol, ports } = context;
  request.signal?.throwIfAborted();
  const { authority, metadata } = await metadataOf(context, request.signal);
  let token: AccessToken | undefined;
  const network = createNetworkModule(async (sent) => {
    const { response, body } = await sendJson(sent, context);
    if (response.status !== 200) throw tokenErrorOf(response, body, context);
    token = parseTokenResponse(body, ports.clock);
    return { response, body };
  }, request.signal);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify(metadata),
      clientCapabilities,
      ...authOf(credential),
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
  if (token === undefined) throw new Error('MSAL returned a token without a request');
  return token;
}
