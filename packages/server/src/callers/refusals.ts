import { RequestError } from '../errors/request-error.ts';
import type { Role } from './role.ts';

const bearer = 'Bearer realm="rollcall-server"';

/** The request has no credential. */
export const unauthenticated = new RequestError({
  status: 401,
  code: 'unauthenticated',
  graphCode: 'InvalidAuthenticationToken',
  title: 'Authentication required',
  detail: 'Access token is empty. Send a token, an API key or a client certificate.',
  headers: { 'WWW-Authenticate': bearer },
});

/** One text for every reason: a caller that guesses learns nothing. The log contains the reason. */
export function invalidCredential(reason: string): RequestError {
  return new RequestError(
    {
      status: 401,
      code: 'invalid_credential',
      graphCode: 'InvalidAuthenticationToken',
      title: 'Invalid credential',
      detail: 'The access token, API key or client certificate is not valid for this server.',
      headers: { 'WWW-Authenticate': `${bearer}, error="invalid_token"` },
    },
    reason,
  );
}

export function roleMissing(role: Role): RequestError {
  return new RequestError({
    status: 403,
    code: 'role_missing',
    graphCode: 'Authorization_RequestDenied',
    title: 'Role missing',
    detail: `Insufficient privileges to complete the operation. The role ${role} is required.`,
  });
}

export const ambiguousCredential = new RequestError({
  status: 400,
  code: 'ambiguous_credential',
  graphCode: 'BadRequest',
  title: 'More than one credential',
  detail: 'Send one Authorization header or one X-Api-Key header.',
});

/** Not a 401: the caller may have a valid token. */
export const keysUnavailable = new RequestError({
  status: 503,
  code: 'keys_unavailable',
  graphCode: 'serviceNotAvailable',
  title: 'Tokens cannot be verified',
  detail: 'The signing keys of the identity platform cannot be read. Try again later.',
  retryAfter: 30,
});
