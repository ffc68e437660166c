import type { Call } from '../../http/handler.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';

/** How an application proves itself in a request; only the kind is ever written down. */
export type Proof =
  | { readonly kind: 'client-secret' | 'client-secret-basic'; readonly secret: string }
  | { readonly kind: 'assertion'; readonly assertion: string };

export interface TokenRequest {
  readonly clientId: string;
  /** Of the version 1 endpoint: its `resource`, as a scope. */
  readonly scope: string;
  readonly proof: Proof;
  /** The `claims` parameter as sent; JSON, not yet read. */
  readonly claims?: string | undefined;
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function formDecode(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

/** Basic's two halves are form-encoded before they are joined (RFC 6749, 2.3.1). */
function basic(authorization: string | undefined): { id: string; secret: string } | undefined {
  const encoded = /^Basic\s+([A-Za-z0-9+/=]+)$/iu.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0
    ? undefined
    : { id: formDecode(pair.slice(0, colon)), secret: formDecode(pair.slice(colon + 1)) };
}

/**
 * Reads a client credentials request. The version 1 endpoint takes `resource` in place of `scope`.
 * @throws {TokenRefusal} when a parameter is missing, given twice or of another flow
 */
export function readTokenRequest(call: Call, version: 1 | 2): TokenRequest {
  if (call.method !== 'POST') throw new TokenRefusal('postOnly', { method: call.method });
  const isForm = call.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const form = new URLSearchParams(isForm === true ? call.body.toString('utf8') : '');
  for (const parameter of [
    'grant_type',
    'client_id',
    'scope',
    'resource',
    'client_secret',
    'client_assertion',
  ])
    if (form.getAll(parameter).length > 1)
      throw new TokenRefusal('repeatedParameter', { parameter });
  const required = (parameter: string): string => {
    const value = form.get(parameter) ?? '';
    if (value === '') throw new TokenRefusal('missingParameter', { parameter });
    return value;
  };
  const grant = required('grant_type');
  if (grant !== 'client_credentials') throw new TokenRefusal('unsupportedGrant', { grant });
  const fromHeader = basic(call.headers['authorization']);
  const clientId = fromHeader?.id ?? required('client_id');
  return {
    clientId,
    scope: version === 1 ? `${required('resource')}/.default` : required('scope'),
    proof: readProof(form, fromHeader?.secret),
    claims: form.get('claims') ?? undefined,
  };
}

function readProof(form: URLSearchParams, basicSecret: string | undefined): Proof {
  const assertion = form.get('client_assertion');
  if (assertion !== null && assertion !== '') {
    if (form.get('client_assertion_type') !== assertionType)
      throw new TokenRefusal('missingParameter', { parameter: 'client_assertion_type' });
    return { kind: 'assertion', assertion };
  }
  if (basicSecret !== undefined) return { kind: 'client-secret-basic', secret: basicSecret };
  const secret = form.get('client_secret') ?? '';
  if (secret === '') throw new TokenRefusal('noCredential');
  return { kind: 'client-secret', secret };
}
