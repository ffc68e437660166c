import type { Refusal } from '../../errors/token-refused-error.ts';
import type { CredentialContext } from '../strategy.ts';

type Hint = (context: CredentialContext) => string;

const secrets =
  'Entra admin center › App registrations › your application › Certificates & secrets';

/** By the service's number. Numbers choose words here and decide nothing. */
const byNumber: Readonly<Record<number, Hint>> = {
  7000215: () =>
    `Use the secret's Value, not its Secret ID. If the value is lost, make a new secret (${secrets}) and put its Value into the settings.`,
  7000222: () =>
    `The secret has expired: make a new one (${secrets}) and put its Value into the settings.`,
  7000218: () => 'No credential reached the service: check that the settings name one.',
  700016: ({ clientId, tenant }) =>
    `Check that ${clientId} is the Application (client) ID, not the Object ID, and that the application is registered in or consented to by tenant ${tenant}.`,
  90002: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" (Entra admin center › Overview › Tenant ID) and that it lives in the cloud of ${authority.host}.`,
  1002012: () =>
    'Ask for one resource with /.default at its end, such as https://graph.microsoft.com/.default.',
  70011: () =>
    'Ask for one resource with /.default at its end, such as https://graph.microsoft.com/.default.',
  500011: ({ authority }) =>
    `Check the scope's resource: it must be the Graph of the cloud of ${authority.host}.`,
  700027: () =>
    `Upload the certificate that belongs to this key (${secrets} › Certificates) and compare its thumbprint with \`openssl x509 -in FILE -noout -fingerprint -sha256\`.`,
  700024: () =>
    "Set this machine's clock (`timedatectl status`): assertions are valid for minutes only.",
  7000214: () =>
    `The certificate was revoked or removed: register a new one (${secrets} › Certificates).`,
  7000277: () =>
    `The certificate is outside its validity: register a new one (${secrets} › Certificates).`,
  1000502: () =>
    `The certificate is outside its validity: register a new one (${secrets} › Certificates).`,
  7000274: () =>
    `The certificate's signature is bad: register the certificate that belongs to this key (${secrets} › Certificates).`,
  70021: () => federated,
  700211: () => federated,
  700212: () => federated,
  700213: () => federated,
  7000112: () =>
    'The application is disabled: Entra admin center › Enterprise applications › your application › Properties › Enabled for users to sign-in.',
  53003: () =>
    'Conditional Access blocks the application: Entra admin center › Sign-in logs › Service principal sign-ins names the policy.',
  90038: () => otherCloud,
  900382: () => otherCloud,
  900432: () => otherCloud,
};

const federated =
  'Compare issuer, subject and audience of the token with the federated credential, letter by letter (App registrations › your application › Certificates & secrets › Federated credentials); in the token they are iss, sub and aud.';

const otherCloud =
  'The tenant lives in another national cloud: set cloud (or authority) to its own.';

/** By OAuth's `error`, when the number is absent or unknown. */
const byError: Readonly<Record<string, Hint>> = {
  invalid_client: () => `Check the credential against what is registered (${secrets}).`,
  unauthorized_client: ({ clientId, tenant }) =>
    `Check that application ${clientId} is registered in tenant ${tenant} and enabled.`,
  invalid_scope: () =>
    'Ask for one resource with /.default at its end, such as https://graph.microsoft.com/.default.',
  invalid_resource: () => "Check the scope's resource and the cloud.",
  invalid_request: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" and the authority ${authority.host}.`,
  invalid_tenant: ({ tenant, authority }) =>
    `Check the tenant "${tenant}" and that it lives in the cloud of ${authority.host}.`,
};

/** What to do about a refusal: one sentence or two for a person. */
export function refusalHint(refusal: Refusal, context: CredentialContext): string {
  const { aadsts, error } = refusal;
  const hint = (aadsts === undefined ? undefined : byNumber[aadsts]) ?? byError[error];
  return (
    hint?.(context) ??
    'Look the AADSTS number up at https://login.microsoftonline.com/error, and check tenant, application and credential.'
  );
}
