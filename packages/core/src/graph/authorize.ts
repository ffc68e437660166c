import { ForeignLinkError } from '../errors/foreign-link-error.ts';
import type { AccessToken } from '../credential/access-token.ts';
import type { TokenSource } from '../token/token-source.ts';
import { claimsChallenge } from './claims-challenge.ts';
import type { Layer } from './graph-request.ts';
import { throwFinal } from '../retry/final-error.ts';

export interface AuthorizeOptions {
  readonly tokens: TokenSource;
  readonly scopes: readonly string[];
  /** The only origin that ever sees a token. */
  readonly origin: string;
}

/**
 * Adds the token. After a 401 the token is replaced and the request sent a second time, with the claims that the
 * service asked for, if any; a second 401 is an answer.
 */
export function authorize({ tokens, scopes, origin }: AuthorizeOptions): Layer {
  return (next) => {
    let latest: AccessToken | undefined;
    return async (request) => {
      // Links are checked where they are received; this is the last door before the token leaves.
      if (request.url.origin !== origin)
        throw new ForeignLinkError('its origin is not that of the Graph root');
      const send = async (claims?: string) => {
        const got = tokens.getToken({ scopes, claims, signal: request.signal });
        const token = await request.deadline.bound('token', got).catch(throwFinal);
        if (token !== latest && request.metrics !== undefined) request.metrics.tokens += 1;
        latest = token;
        const response = await next({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${token.token.reveal()}` },
        });
        return { token, response };
      };
      const { token, response } = await send();
      if (response.status !== 401) return response;
      tokens.reject(token);
      return (await send(claimsChallenge(response.headers['www-authenticate']))).response;
    };
  };
}
