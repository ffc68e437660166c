import type { X509Certificate } from 'node:crypto';
import { TLSSocket } from 'node:tls';

import type { Request } from 'express';

import { isApiKey } from './api-keys.ts';
import { ambiguousCredential, invalidCredential } from './refusals.ts';

/** What a request presents to prove who the caller is. */
export type PresentedCredential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'key'; readonly key: string }
  /** Not trusted when its issuer is not one of the CAs of the file of callers. */
  | {
      readonly kind: 'certificate';
      readonly certificate: X509Certificate;
      readonly isTrusted: boolean;
    };

/**
 * Returns the credential of a request; undefined when there is none. A header has precedence over a certificate, and an
 * invalid header is not replaced by a valid certificate.
 * @throws {RequestError} 400 for more than one header, 401 for an authentication scheme that does not exist
 */
export function presentedCredential(request: Request): PresentedCredential | undefined {
  const { authorization = [], 'x-api-key': keys = [] } = request.headersDistinct;
  if (authorization.length + keys.length > 1) throw ambiguousCredential;
  const [header] = authorization;
  if (header !== undefined) {
    const credentials = /^Bearer +(?<credentials>\S+)$/iu.exec(header)?.groups?.['credentials'];
    if (credentials === undefined) throw invalidCredential('authorization header');
    return isApiKey(credentials)
      ? { kind: 'key', key: credentials }
      : { kind: 'token', token: credentials };
  }
  const [key] = keys;
  if (key !== undefined) return { kind: 'key', key };
  const { socket } = request;
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate === undefined
    ? undefined
    : { kind: 'certificate', certificate, isTrusted: (socket as TLSSocket).authorized };
}
