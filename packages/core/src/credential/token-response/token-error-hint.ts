import type { Refusal } from '../../errors/token-refused-error.ts';
import { adminConsentUrl } from '../admin-consent-url.ts';
import type { CredentialContext } from '../strategy.ts';

type Hint = (context: CredentialContext) => string;

const secrets =
  'Entra admin center › App registrations › your application › Certificates & secrets';

/** By AADSTS code. The codes only select hints: Entra's error reference calls them unstable. */
const byCode: Readonly<Record<number, Hint>> = {
  7000215: () =>
    `Use the secret's Value, not its Secret ID. If the value is lost, create a new secret (${secrets}) and use its Value.`,
  7000222: () => `Create a new client secret (${secrets}) and use its Value.`,
  7000216: () => noCredential,
  7000218: () => noCredential,
  7000229: (context) =>
    `Have an administrator consent to the application, which creates its service principal in tenant ${context.tenant}: ${adminConsentUrl(context).href}`,
  9002313: ({ clientId }) =>
    `Check the client id "${clientId}", the scope and the credential for missing or invisible characters. A proxy that changes requests causes this error too.`,
  900144: () => 'Check whether a proxy removes or changes the body of requests.',
  700038: ({ clientId }) =>
    `Check the client id "${clientId}": it must be the Application (client) ID of the registration.`,
  700016: ({ clientId, tenant }) =>
    `Check that ${clientId} is the Application (client) ID, not the Object ID, and that the application is registered in or consented to by tenant ${tenant}.`,
  90002: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" (Entra admin center › Overview › Tenant ID) and that it belongs to the cloud of ${authority.host}.`,
  1002012: () =>
    'Set scope to one resource that ends with /.default, such as https://graph.microsoft.com/.default.',
  70011: () =>
    'Set scope to one resource that ends with /.default, such as https://graph.microsoft.com/.default.',
  500011: ({ authority }) =>
    `Check the resource of the scope: it must be Microsoft Graph in the cloud of ${authority.host}.`,
  500014: ({ tenant }) =>
    `Check that Microsoft Graph is enabled in tenant ${tenant} (Entra admin center › Enterprise applications) and that no subscription of the tenant has expired.`,
  700023: ({ authority }) =>
    `Check that the authority ${authority.host} and the tenant are those that the assertion was issued for.`,
  700027: () =>
    `Upload the certificate that belongs to this key (${secrets} › Certificates) and compare its thumbprint with \`openssl x509 -in FILE -noout -fingerprint -sha256\`.`,
  700024: () =>
    'Correct the clock of this machine (`timedatectl status`): assertions are valid only for minutes.',
  7000214: () => `Upload a new certificate (${secrets} › Certificates).`,
  7000277: () => `Upload a certificate that is valid now (${secrets} › Certificates).`,
  1000502: () => `Upload a certificate that is valid now (${secrets} › Certificates).`,
  7000274: () => `Upload the certificate that belongs to this key (${secrets} › Certificates).`,
  70021: () => federated,
  700211: () => federated,
  700212: () => federated,
  700213: () => federated,
  7000112: () =>
    'Enable the application: Entra admin center › Enterprise applications › your application › Properties › Enabled for users to sign-in.',
  53003: () =>
    'Find the Conditional Access policy in Entra admin center › Sign-in logs › Service principal sign-ins.',
  90038: () => otherCloud,
  900382: () => otherCloud,
  900432: () => otherCloud,
};

const noCredential = 'The request contained no credential: check the setting credential.';

const federated =
  'Compare the claims iss, sub and aud of the token with issuer, subject and audience of the federated credential (App registrations › your application › Certificates & secrets › Federated credentials). They must be identical.';

const otherCloud = 'Set cloud (or authority) to the national cloud of the tenant.';

/** By the OAuth error code, when the AADSTS code is absent or unknown. */
const byError: Readonly<Record<string, Hint>> = {
  invalid_client: () => `Compare the credential with those of the application (${secrets}).`,
  unauthorized_client: ({ clientId, tenant }) =>
    `Check that application ${clientId} is registered in tenant ${tenant} and enabled.`,
  invalid_scope: () =>
    'Set scope to one resource that ends with /.default, such as https://graph.microsoft.com/.default.',
  invalid_resource: () => 'Check the resource of the scope, and the cloud.',
  invalid_request: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" and the authority ${authority.host}.`,
  invalid_tenant: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" and that it belongs to the cloud of ${authority.host}.`,
};

/** Returns what to do about an error of the token endpoint: one or two sentences. */
export function tokenErrorHint(refusal: Refusal, context: CredentialContext): string {
  const { aadsts, error } = refusal;
  const hint = (aadsts === undefined ? undefined : byCode[aadsts]) ?? byError[error];
  return (
    hint?.(context) ??
    'Look up the AADSTS code at https://login.microsoftonline.com/error, and check tenant, application and credential.'
  );
}
