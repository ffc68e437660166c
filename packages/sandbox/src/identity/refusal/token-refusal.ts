/** What each refusal says: the number people search for, the status and OAuth error that clients branch on. */
interface RefusalKind {
  readonly number: number;
  readonly status: number;
  readonly error: string;
  /** Whether Entra links a help page (`error_uri`). */
  readonly helpPage?: boolean;
  /** The text after `AADSTS<number>: `, with `{…}` filled from the facts. */
  readonly text: string;
}

/**
 * The errors of the token endpoint. Statuses and wording as observed on Entra; docs/fidelity.md marks those that are
 * not confirmed.
 */
export const refusalKinds = {
  wrongSecret: {
    number: 7000215,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{app}'.",
  },
  expiredSecret: {
    number: 7000222,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: "The provided client secret keys for app '{app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
  },
  noCredential: {
    number: 7000216,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  },
  missingParameter: {
    number: 900144,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: "The request body must contain the following parameter: '{parameter}'.",
  },
  repeatedParameter: {
    number: 90100,
    status: 400,
    error: 'invalid_request',
    text: '{parameter} parameter is empty or not valid.',
  },
  unsupportedGrant: {
    number: 70003,
    status: 400,
    error: 'unsupported_grant_type',
    text: "The app requested an unsupported grant type '{grant}'.",
  },
  postOnly: {
    number: 900561,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: 'The endpoint only accepts POST requests. Received a {method} request.',
  },
  unknownApplication: {
    number: 700016,
    status: 400,
    error: 'unauthorized_client',
    helpPage: true,
    text: "Application with identifier '{app}' was not found in the directory '{directory}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
  },
  disabledApplication: {
    number: 7000112,
    status: 400,
    error: 'unauthorized_client',
    helpPage: true,
    text: "Application '{app}'({name}) is disabled.",
  },
  unknownTenant: {
    number: 90002,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: "Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
  },
  malformedTenant: {
    number: 900023,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: "Specified tenant identifier '{tenant}' is neither a valid DNS name, nor a valid external domain.",
  },
  noTenant: {
    number: 50059,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: 'No tenant-identifying information found in either the request or implied by any provided credentials.',
  },
  conditionalAccess: {
    number: 53003,
    status: 400,
    error: 'invalid_grant',
    helpPage: true,
    text: 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
  },
  pseudoTenant: {
    number: 9001023,
    status: 400,
    error: 'invalid_request',
    helpPage: true,
    text: 'The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.',
  },
  scopeWithoutDefault: {
    number: 1002012,
    status: 400,
    error: 'invalid_scope',
    text: 'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
  },
  scopeInvalid: {
    number: 70011,
    status: 400,
    error: 'invalid_scope',
    text: "The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.",
  },
  unknownResource: {
    number: 500011,
    status: 400,
    error: 'invalid_resource',
    helpPage: true,
    text: 'The resource principal named {resource} was not found in the tenant named {directory}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
  },
  malformedAssertion: {
    number: 50027,
    status: 400,
    error: 'invalid_request',
    text: 'JWT token is invalid or malformed.',
  },
  unknownAssertionKey: {
    number: 700027,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: "Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '{thumbprint}']",
  },
  badAssertionSignature: {
    number: 700027,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: 'Client assertion failed signature validation.',
  },
  assertionCertificateDates: {
    number: 1000502,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: 'The provided certificate is not within its specified validity period.',
  },
  assertionDates: {
    number: 700024,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: 'Client assertion is not within its valid time range. Current time: {now}, assertion valid from {from}, expiry time of assertion {until}.',
  },
  assertionAudience: {
    number: 700023,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: 'Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.',
  },
  assertionSubject: {
    number: 700021,
    status: 401,
    error: 'invalid_client',
    helpPage: true,
    text: "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
  },
  assertionReplayed: {
    number: 70000,
    status: 400,
    error: 'invalid_grant',
    text: "Client assertion with identifier '{jti}' was already used.",
  },
  federatedMismatch: {
    number: 70021,
    status: 400,
    error: 'invalid_request',
    text: "No matching federated identity record found for presented assertion. Assertion Issuer: '{issuer}'. Assertion Subject: '{subject}'. Assertion Audience: '{audience}'.",
  },
  federatedIssuer: {
    number: 700211,
    status: 401,
    error: 'invalid_client',
    text: "No matching federated identity record found for presented assertion issuer '{issuer}'.",
  },
  federatedAudience: {
    number: 700212,
    status: 401,
    error: 'invalid_client',
    text: "No matching federated identity record found for presented assertion audience '{audience}'.",
  },
  federatedSubject: {
    number: 700213,
    status: 401,
    error: 'invalid_client',
    text: "No matching federated identity record found for presented assertion subject '{subject}'.",
  },
  federatedIssuerSilent: {
    number: 90061,
    status: 400,
    error: 'invalid_request',
    text: 'Request to External OIDC endpoint failed.',
  },
  invalidInstance: {
    number: 50049,
    status: 400,
    error: 'invalid_instance',
    text: 'Unknown or invalid instance.',
  },
} as const satisfies Record<string, RefusalKind>;

export type RefusalName = keyof typeof refusalKinds;

/** A rejected token request. The token endpoint returns it in the format of Entra. */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  readonly kind: RefusalKind;

  constructor(reason: RefusalName, facts: Readonly<Record<string, string>> = {}) {
    const kind: RefusalKind = refusalKinds[reason];
    const text = kind.text.replaceAll(/\{(\w+)\}/gu, (_, fact: string) => facts[fact] ?? '');
    super(`AADSTS${kind.number}: ${text}`);
    this.kind = kind;
  }
}
