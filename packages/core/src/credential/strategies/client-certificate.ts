import { loadCertificate } from '../certificate/load-certificate.ts';
import { reportCertificate } from '../certificate/report-certificate.ts';
import { signAssertion } from '../certificate/sign-assertion.ts';
import { warnBeforeExpiry } from '../certificate/warn-before-expiry.ts';
import { fingerprintOf } from '../fingerprint-of.ts';
import { Secret } from '../../secret.ts';
import { atMostOne, exactlyOne } from '../exclusive-settings.ts';
import { defineStrategy, type Environment } from '../strategy.ts';
import { withoutLineBreak } from '../without-line-break.ts';

/** The portal shows thumbprints with colons or blanks between the bytes. */
function thumbprintDigits(value: unknown): unknown {
  return typeof value === 'string' && /^[0-9a-f: ]+$/iu.test(value)
    ? value.replace(/[: ]/gu, '')
    : value;
}

/**
 * The sample contains the certificate as PEM text, with which MSAL then sends the chain; a file name is accepted as
 * well.
 */
function publicCertificate(value: unknown): Readonly<Record<string, unknown>> {
  const isPem = typeof value === 'string' && value.includes('-----BEGIN');
  return { [isPem ? 'certificate' : 'certificateFile']: value, sendChain: true };
}

function supplementsIn(environment: Environment) {
  const password = environment['AZURE_CLIENT_CERTIFICATE_PASSWORD'];
  return {
    password: password === undefined ? undefined : new Secret(withoutLineBreak(password)),
    sendChain: /^(?:1|true)$/iu.test(environment['AZURE_CLIENT_SEND_CERTIFICATE_CHAIN'] ?? ''),
  };
}

export const clientCertificate = defineStrategy({
  kind: 'client-certificate',
  describe: 'A private key whose certificate is registered with the application',
  settings: {
    file: {
      type: 'text',
      isPath: true,
      describe:
        'PEM, DER or PFX file with the private key and, unless thumbprint is set, the certificate',
      variables: ['AZURE_CLIENT_CERTIFICATE_PATH'],
      flag: {
        name: 'certificate',
        argument: 'FILE',
        describe: 'Private key and certificate, PEM or PFX',
      },
      quickstart: { key: 'private_key_file' },
      whereToFind: 'Set it to the path of the file with the private key.',
    },
    content: {
      type: 'text',
      isSecret: true,
      describe: 'Content of that file: PEM, or base64 of a PEM, DER or PFX file',
      variables: ['AZURE_CLIENT_CERTIFICATE'],
    },
    certificateFile: {
      type: 'text',
      isPath: true,
      isSupplementary: true,
      describe: 'PEM or DER file with the certificate, when file contains only the private key',
    },
    certificate: {
      type: 'text',
      isSupplementary: true,
      describe: 'Certificate as PEM text',
      quickstart: { key: 'public_certificate', translate: publicCertificate },
    },
    password: {
      type: 'text',
      isSecret: true,
      canBeEmpty: true,
      isSupplementary: true,
      describe: 'Password of the private key or the PFX file',
      variables: ['AZURE_CLIENT_CERTIFICATE_PASSWORD'],
      rejectedFlags: ['password', 'certificate-password'],
      quickstart: { key: 'passphrase' },
    },
    passwordFile: { type: 'text', isPath: true, describe: 'File that contains the password' },
    thumbprint: {
      type: 'text',
      pattern: {
        matches: /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/iu,
        message: 'must be 40 (SHA-1) or 64 (SHA-256) hex digits',
      },
      describe:
        'Thumbprint of the registered certificate in hex; required only without a certificate',
      quickstart: {
        key: 'thumbprint',
        translate: (value) => ({ thumbprint: thumbprintDigits(value) }),
      },
      whereToFind:
        'Copy the Thumbprint from Entra admin center > App registrations > your application > Certificates & secrets > Certificates.',
    },
    algorithm: {
      type: 'text',
      choices: ['PS256', 'RS256'],
      describe: 'Signature algorithm; PS256, or RS256 when thumbprint is SHA-1',
    },
    sendChain: {
      type: 'boolean',
      isSupplementary: true,
      describe: 'Send the certificate chain (x5c), for subject name and issuer authentication',
      variables: ['AZURE_CLIENT_SEND_CERTIFICATE_CHAIN'],
    },
  },
  clientId: 'required',
  canSealTokens: 'always',
  offers: [
    {
      name: 'client-certificate',
      variables: ['AZURE_CLIENT_CERTIFICATE_PATH'],
      settings: (environment) => ({
        file: environment['AZURE_CLIENT_CERTIFICATE_PATH'],
        ...supplementsIn(environment),
      }),
    },
    {
      name: 'client-certificate, by value',
      variables: ['AZURE_CLIENT_CERTIFICATE'],
      settings: (environment) => ({
        content: new Secret(environment['AZURE_CLIENT_CERTIFICATE'] ?? ''),
        ...supplementsIn(environment),
      }),
    },
  ],
  issues(given) {
    return [
      ...exactlyOne(given, ['file', 'content']),
      ...atMostOne(given, ['certificate', 'certificateFile']),
      ...atMostOne(given, ['password', 'passwordFile']),
    ];
  },
  createCredential(given, context) {
    return {
      kind: 'client-certificate',
      examine: async () =>
        reportCertificate(await loadCertificate(given, context), context.ports.clock.wall()),
      sealingSecret: async () => {
        const { key } = await loadCertificate(given, context);
        return key.export({ type: 'pkcs8', format: 'der' });
      },
      fingerprint: async () => {
        const { key, thumbprint } = await loadCertificate(given, context);
        return fingerprintOf(
          key.export({ type: 'pkcs8', format: 'der' }),
          JSON.stringify(thumbprint),
        );
      },
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        const certificate = await loadCertificate(given, context);
        warnBeforeExpiry(certificate, context);
        return requestTokenByMsal(request, context, {
          assertion: (audience) =>
            signAssertion(certificate, {
              audience,
              clientId: context.clientId,
              now: context.ports.clock.wall(),
            }),
        });
      },
    };
  },
});
