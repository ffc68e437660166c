import { ForeignLinkError } from '../errors/foreign-link-error.ts';
import type { AccessToken } from '../credential/access-token.ts';
import type { TokenSource } from '../token/token-source.ts';
import { claimsChallenge } from './claims-challenge.ts';
import { claimsOf } from '../token/claims-of.ts';
import type { HttpResponse } from '../ports.ts';
import type { Layer } from './graph-request.ts';
import { isOfGraph } from './response-error.ts';
import { throwFinal } from '../retry/final-error.ts';

/** A response, and the token of its request. */
interface Sent {
  readonly token: AccessToken;
  readonly response: HttpResponse;
}

export interface AuthorizeOptions {
  readonly tokens: TokenSource;
  readonly scopes: readonly string[];
  /** The only origin that ever sees a token. */
  readonly origin: string;
}

/**
 * Adds the roles of the token to a 403, because a permission that the token has is not missing, and to other responses
 * that depend on them.
 */
function withRoles({ token, response }: Sent, isAlways = false): HttpResponse {
  if (response.status !== 403 && !isAlways) return response;
  const roles = claimsOf(token.token.reveal())?.['roles'];
  return Array.isArray(roles) && roles.every((role) => typeof role === 'string')
    ? { ...response, roles }
    : response;
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
      const send = async (claims?: string): Promise<Sent> => {
        const { signal, deadline, maxRetryAfter } = request;
        const token = await tokens
          .getToken({ scopes, claims, signal, deadline, maxRetryAfter })
          .catch(throwFinal);
        if (token !== latest && request.metrics !== undefined) request.metrics.tokens += 1;
        latest = token;
        const response = await next({
          ...request,
          headers: { ...request.headers, authorization: `Bearer ${token.token.reveal()}` },
        });
        return { token, response };
      };
      const first = await send();
      // A gateway rejects its own credentials: another token would not change that.
      if (first.response.status !== 401 || !isOfGraph(first.response))
        return withRoles(first, request.readsRoles);
      tokens.reject(first.token);
      return withRoles(
        await send(claimsChallenge(first.response.headers['www-authenticate'])),
        request.readsRoles,
      );
    };
  };
}
